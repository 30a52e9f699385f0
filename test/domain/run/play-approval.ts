import type { Act, RehearsalCase } from '#domain/rehearsal/rehearsal-case.ts';
import { rehearse } from '#domain/rehearsal/rehearse.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import { runbookOf, settings } from '#test/support/runbooks.ts';

export const go = '  - {id: go, title: Go, uses: manual, with: {instructions: Go}}';
export const rollback = (more = '') =>
  `  - {id: rollback, title: Roll back, uses: deploys.rollback${more}}`;
export const mocks = { rollback: { status: 'succeeded', plan: { from: '2', to: '1' } } };
export const production = { environment: 'production' };
export const environments = 'inputs:\n  environment: {type: string, default: production}';

/** Ana asks for the rollback; then these people act. */
export function playApproval(
  people: readonly Act[],
  one: RehearsalCase = {},
  more = '',
  given: Partial<Settings> = {},
) {
  const runbook = runbookOf(`${go}\n${rollback(more)}`, environments);
  const ana = { step: 'go', user: 'ana', done: true } as const;
  return rehearse(
    { runbook, settings: { ...settings, ...given } },
    { inputs: production, mocks, ...one, people: [ana, ...people] },
  );
}

export const at = { step: 'rollback' };
export const succeeds = { expect: { status: 'succeeded', writes: ['rollback'] } } as const;
export const waits = { expect: { waitingOn: 'rollback', writes: [] } } as const;
