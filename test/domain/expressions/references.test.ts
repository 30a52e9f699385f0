import { describe, expect, it } from 'vitest';

import { stepsRead, stepsReadBy } from '#domain/expressions/references.ts';
import { runbookOf } from '#test/domain/runbook/runbook-text.ts';

describe('the steps that an expression reads', () => {
  it.each([
    ['steps.config.verdict == "fail" && steps["symptom"].result.value > 1', ['config', 'symptom']],
    ['inputs.hosts.exists(host, steps.gateways.children.exists(c, c.item == host))', ['gateways']],
    ['has(steps.config.result)', ['config']],
    ['result.value > 1', []],
    ['steps.config +', []],
  ])('of %s are %j', (expression, ids) => {
    expect(stepsRead(expression)).toEqual(ids);
  });

  it('are found wherever a step has expressions, once each', () => {
    const runbook = runbookOf(`
  - {id: a, title: A, uses: check.tcp, with: {host: x, port: 1}}
  - {id: b, title: B, uses: check.tcp, with: {host: x, port: 1}}
  - {id: c, title: C, uses: parallel, foreach: {n: 'steps.a.verdict == "pass" ? [1] : [2]'}, steps: [
      {id: d, uses: check.tcp, with: {host: '\${{ steps.b.verdict }}', port: 1}},
      {id: e, uses: check.tcp, if: steps.d.verdict == "pass", with: {host: x, port: 1}}]}
  - {id: f, title: F, uses: choose, with: {question: Q, options: {g: {label: G, recommend: steps.a.verdict == "fail" && steps.a.verdict != "pass", next: end}}}}`);

    expect(runbook.steps.map(stepsReadBy)).toEqual([[], [], ['a', 'b'], ['a']]);
  });
});
