import { describe, expect, it } from 'vitest';

import { check, tcp, verdictsOf } from './gate.ts';

const chosen = async (steps: string, selection: { only?: string[]; skip?: string[] }) =>
  Object.keys(verdictsOf((await check(steps, { selection })).report));

describe('what is chosen', () => {
  const dns = '  - {id: dns, title: D, uses: check.dns, with: {name: a.example}}';
  const reads =
    '  - {id: tls, title: T, uses: check.tcp, with: {host: "${{ steps.dns.result.answers[0] }}", port: 443}}';
  const group = `  - id: hosts
    title: Hosts
    uses: parallel
    foreach: {host: '["a.example", "b.example"]'}
    steps:
      - {id: dns, uses: check.dns, with: {name: '\${{ host }}'}}
      - {id: tls, uses: check.tcp, with: {host: '\${{ host }}', port: 443}}`;

  it('is checked with all that it reads, and nothing else', async () => {
    expect(await chosen([dns, reads, tcp('c')].join('\n'), { only: ['tls'] })).toEqual([
      'dns',
      'tls',
    ]);
  });

  it('may be a nested step, for every item or for one', async () => {
    expect(await chosen(group, { only: ['hosts.tls'] })).toEqual([
      'hosts',
      'hosts[a.example].tls',
      'hosts[b.example].tls',
    ]);
    expect(await chosen(group, { only: ['hosts[b.example].dns'] })).toEqual([
      'hosts',
      'hosts[b.example].dns',
    ]);
  });

  it('is all of a step where that is named or read', async () => {
    expect(await chosen(group, { only: ['hosts'] })).toHaveLength(5);
    const after =
      '  - {id: after, title: A, uses: check.tcp, with: {host: a, port: 1}, if: steps.hosts.verdict == "pass"}';
    expect(await chosen(`${group}\n${after}`, { only: ['after'] })).toHaveLength(6);
  });

  it('leaves out what is skipped: it counts for nothing, and what reads it has no data', async () => {
    const { report } = await check([dns, reads, tcp('c')].join('\n'), {
      selection: { skip: ['dns'] },
    });

    expect(verdictsOf(report)).toEqual({ dns: null, tls: 'inconclusive', c: 'pass' });
    expect(report.steps[0]?.summary).toBe('left out by --skip');
  });

  it('leaves out one of an item, and the others stay', async () => {
    const { report } = await check(group, {
      selection: { skip: ['hosts[a.example]', 'hosts.tls'] },
    });

    expect(verdictsOf(report)).toEqual({
      hosts: 'pass',
      'hosts[a.example].dns': null,
      'hosts[a.example].tls': null,
      'hosts[b.example].dns': 'pass',
      'hosts[b.example].tls': null,
    });
  });
});
