import type { Runbook, RunbookDocument, Step } from '#domain/runbook/runbook.ts';

import type { RehearsalCase } from './rehearsal-case.ts';

/** The one check of a stand-in; its measurements are the mocks of the step that calls it. */
export const standInCheck = 'stand_in';

/** Where a step calls a runbook and has a mock, it calls a stand-in with the mocked verdict. */
export function withStandIns(
  runbook: Runbook,
  mocks: RehearsalCase['mocks'] = {},
): { runbook: Runbook; called: Readonly<Record<string, RunbookDocument>> } {
  const isMocked = (step: Step) => step.uses === 'runbook' && Object.hasOwn(mocks, step.id);
  const steps = runbook.steps.map((step) =>
    isMocked(step) ? { ...step, with: { id: idOf(step) } } : step,
  );
  const called = runbook.steps
    .filter(isMocked)
    .map((step) => [idOf(step), standIn(runbook, step)] as const);
  return { runbook: { ...runbook, steps }, called: Object.fromEntries(called) };
}

function idOf(step: Step): string {
  return `stand-in-for-${step.id}`;
}

function standIn(caller: Runbook, { id, title }: Step): RunbookDocument {
  const check: Step = {
    id: standInCheck,
    title,
    why: null,
    uses: 'check.http',
    repeats: null,
    if: null,
    with: {},
    pass: 'result.verdict == "pass"',
    fail: 'result.verdict == "fail"',
    noData: 'inconclusive',
    finding: {},
    outputs: {},
    timeout: null,
    retry: { attempts: 1, backoff: '1s' },
    watch: null,
    foreach: null,
    steps: [],
    approval: null,
    fallback: null,
    next: {},
  };
  const runbook = { ...caller, id: `stand-in-for-${id}`, title, inputs: {}, steps: [check] };
  return { runbook, digest: '', file: '', commit: null };
}
