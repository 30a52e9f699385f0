import { describe, expect, it } from 'vitest';

import { textOf } from '#domain/json.ts';
import { runbookOf } from '#test/support/runbooks.ts';

import { check, down, healthy, measured, tcp, verdictsOf } from './gate.ts';

describe('steps that hold steps', () => {
  const each = `  - id: hosts
    title: Hosts
    uses: parallel
    foreach: {host: inputs.hosts}
    steps:
      - {id: tls, uses: check.tcp, with: {host: '\${{ steps.dns.result.answers[0] }}', port: 443}}
      - {id: dns, uses: check.dns, with: {name: '\${{ host }}'}}`;
  const head =
    'inputs:\n  hosts: {type: array, items: {type: string}, default: [a.example, b.example]}';

  it('are named by their parent and item, and read the siblings of their own item', async () => {
    const { report, asked } = await check(each, {
      head,
      measure: ({ uses, with: { name } }) =>
        uses === 'check.dns'
          ? measured({ ...healthy, answers: [`of ${textOf(name)}`] })
          : measured(),
    });

    expect(Object.keys(verdictsOf(report))).toEqual([
      'hosts',
      'hosts[a.example].tls',
      'hosts[a.example].dns',
      'hosts[b.example].tls',
      'hosts[b.example].dns',
    ]);
    expect(asked.flatMap(({ with: { host } }) => host ?? [])).toEqual([
      'of a.example',
      'of b.example',
    ]);
  });

  it('fail with a child, and others read their children', async () => {
    const after =
      '  - {id: after, title: After, uses: check.metric, with: {query: "up > ${{ size(steps.hosts.children) }}"}, pass: "< 3%"}';
    const { report, asked } = await check(`${each}\n${after}`, {
      head,
      measure: ({ with: { name } }) => (name === 'b.example' ? down : measured()),
    });

    expect(report.steps[0]).toMatchObject({
      verdict: 'fail',
      summary: '1 of 4 checks found a problem',
    });
    expect(asked.at(-1)?.with).toEqual({ query: 'up > 4' });
  });

  it('have no data where the items can not be told', async () => {
    const { report } = await check(each.replace('inputs.hosts', '"[inputs.hosts[9]]"'), { head });

    expect(report).toMatchObject({ verdict: 'inconclusive', steps: [{ id: 'hosts' }] });
  });

  const child = runbookOf(
    `${tcp('order', ', outputs: {up: result.connected}')}\n  - {id: again, title: Again, uses: runbook, with: {id: child}}`,
    'id: child\ninputs:\n  environment: {type: string, default: staging}',
  );
  const call = '  - {id: smoke, title: Smoke, uses: runbook, with: {id: child}}';

  it('call runbooks in their place, with what those are given, and never themselves', async () => {
    const reads =
      '  - {id: after, title: After, uses: check.tcp, with: {host: a.example, port: 1}, if: steps.smoke.result.outputs.order.up}';
    const { report, asked } = await check(`${call}\n${reads}`, { called: [child] });

    expect(verdictsOf(report)).toEqual({
      smoke: 'inconclusive',
      'smoke.order': 'pass',
      'smoke.again': 'inconclusive',
      after: 'pass',
    });
    expect(report.steps[2]?.summary).toBe('The runbook child would call itself.');
    expect(asked[0]).toMatchObject({ environment: 'staging' });
  });

  it('are no data for a runbook that is not there', async () => {
    const { report } = await check(call);
    expect(report.steps[0]).toMatchObject({
      verdict: 'inconclusive',
      summary: 'There is no runbook child.',
    });
  });
});
