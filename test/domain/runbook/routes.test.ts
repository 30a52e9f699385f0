import { describe, expect, it } from 'vitest';

import { routesOf } from '#domain/runbook/rules/routes.ts';

import { runbookOf } from './runbook-text.ts';

const { steps, ...rest } = runbookOf(`
  - {id: look, title: L, uses: check.tcp, with: {host: x, port: 1}}
  - {id: check, title: C, uses: check.tcp, with: {host: x, port: 1}, next: {fail: end}}
  - {id: write, title: W, uses: deploys.rollback, if: 'true'}
  - {id: pick, title: P, uses: choose, with: {question: Q, options: {a: {label: A, next: look}, b: {label: B, next: end}}}}
  - {id: hand, title: H, uses: manual, with: {instructions: x}}
  - {id: tell, title: T, uses: notify, with: {to: '#x', text: x}}`);

function routes(id: string): Readonly<Record<string, string>> {
  const index = steps.findIndex((step) => step.id === id);
  const step = steps[index];
  return step === undefined ? {} : Object.fromEntries(routesOf(step, index, { ...rest, steps }));
}

describe('where a step goes without a route', () => {
  it('is the following step for a check', () => {
    expect(routes('look')).toEqual({ pass: 'check', fail: 'check', inconclusive: 'check' });
  });

  it('is a person for a check without data right before a write', () => {
    expect(routes('check')).toEqual({ pass: 'write', fail: 'end', inconclusive: 'ask' });
  });

  it('is a person for a write that did not go well', () => {
    expect(routes('write')).toEqual({
      succeeded: 'pick',
      notNeeded: 'pick',
      failed: 'ask',
      rejected: 'ask',
      unknown: 'ask',
      skipped: 'pick',
    });
  });

  it('is what was chosen, and a person where nobody answered', () => {
    expect(routes('pick')).toEqual({ timedOut: 'ask', 'choice a': 'look', 'choice b': 'end' });
    expect(routes('hand')).toEqual({ done: 'tell', timedOut: 'ask' });
  });

  it('is the end after the last step, also for a message that failed', () => {
    expect(routes('tell')).toEqual({ succeeded: 'end', failed: 'end' });
  });
});
