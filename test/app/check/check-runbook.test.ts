import { describe, expect, it } from 'vitest';

import { textOf } from '#domain/json.ts';
import type { Measurement } from '#ports/checks.ts';

import { check, down, measured, tcp, verdictsOf } from './gate.ts';

const rollback = '  - {id: rollback, title: Roll back, uses: deploys.rollback}';
const ask = '  - {id: ask_me, title: Ask, uses: manual, with: {instructions: Look}}';
const silent: Measurement = { kind: 'unavailable', message: 'no route', retry: true };
const watch = (more: string) =>
  `  - {id: a, title: A, uses: check.metric, with: {query: up}, pass: '< 3%', watch: {hold: 5m, giveUpAfter: 1h${more}}}`;

describe('a check of a runbook', () => {
  it('runs every read, whatever `next` says, and reports them in the order of the runbook', async () => {
    const { report, asked } = await check(
      [tcp('a', ', next: {pass: end}'), tcp('b'), tcp('c')].join('\n'),
    );

    expect(verdictsOf(report)).toEqual({ a: 'pass', b: 'pass', c: 'pass' });
    expect(Object.keys(verdictsOf(report))).toEqual(['a', 'b', 'c']);
    expect(report).toMatchObject({ runbook: 'rehearsed', verdict: 'pass', duration: 0 });
    expect(asked).toHaveLength(3);
  });

  it('has the worst verdict of its checks', async () => {
    const { report } = await check([tcp('a'), tcp('b'), tcp('c')].join('\n'), {
      measure: ({ with: { host } }) =>
        host === 'b.example' ? down : host === 'c.example' ? silent : measured(),
    });

    expect(verdictsOf(report)).toEqual({ a: 'pass', b: 'fail', c: 'inconclusive' });
    expect(report.verdict).toBe('fail');
    expect(report.steps[1]).toMatchObject({
      status: 'succeeded',
      summary: 'refused',
      evidence: { with: { host: 'b.example' }, result: { error: 'ECONNREFUSED' } },
    });
    expect(report.steps[2]).toMatchObject({ status: 'failed', summary: 'no route' });
  });

  it('is inconclusive where nothing was checked', async () => {
    expect((await check(ask)).report.verdict).toBe('inconclusive');
  });

  it('never acts: a write is shown as its plan, and counts for nothing', async () => {
    const plan = { from: { build: '1842' }, to: { build: '1841' } };
    const { report, asked } = await check(`${tcp('a')}\n${rollback}`, {
      plan: async () => ({ kind: 'plan', plan, hash: 'h', migrations: [] }),
    });

    expect(report.steps[1]).toMatchObject({
      status: 'skipped',
      verdict: null,
      summary: 'planned, not done: 1842 → 1841',
      evidence: { plan },
    });
    expect(report.verdict).toBe('pass');
    expect(asked.map(({ uses, mode }) => [uses, mode])).toEqual([['check.tcp', 'dryRun']]);
  });

  it('leaves out what is for people', async () => {
    const notify = '  - {id: tell, title: Tell, uses: notify, with: {to: "#x", text: Hello}}';
    const { report } = await check([ask, notify, tcp('a')].join('\n'));

    expect(verdictsOf(report)).toEqual({ ask_me: null, tell: null, a: 'pass' });
    expect(report.steps.map(({ status }) => status)).toEqual(['skipped', 'skipped', 'succeeded']);
  });

  it('has no data for a read that needs what only a run could tell', async () => {
    const reads =
      '  - {id: b, title: B, uses: check.tcp, with: {host: "${{ steps.rollback.result.id }}", port: 80}}';
    const { report, asked } = await check(`${rollback}\n${reads}`);

    expect(report.verdict).toBe('inconclusive');
    expect(report.steps[1]?.summary).toBe('it reads rollback, which is not done here');
    expect(asked).toEqual([]);
  });

  it('waits for what a step reads, and for nothing else', async () => {
    const order: string[] = [];
    const first = '  - {id: first, title: F, uses: check.dns, with: {name: slow.example}}';
    const then =
      '  - {id: then, title: T, uses: check.tcp, with: {host: "${{ steps.first.result.answers[0] }}", port: 80}}';
    const release = Promise.withResolvers<void>();
    await check([first, then, tcp('free')].join('\n'), {
      async measure({ uses, with: { host } }) {
        if (uses === 'check.dns') await release.promise;
        order.push(uses === 'check.dns' ? 'first' : textOf(host));
        if (host === 'free.example') release.resolve();
        return measured();
      },
    });

    expect(order).toEqual(['free.example', 'first', '192.0.2.1']);
  });

  it('asks `if`, and an error of it is no data', async () => {
    const { report, asked } = await check(
      [tcp('no', ', if: "1 == 2"'), tcp('bad', ', if: "[1][3] == 1"')].join('\n'),
    );

    expect(verdictsOf(report)).toEqual({ no: null, bad: 'inconclusive' });
    expect(report.steps[0]).toMatchObject({ status: 'skipped', summary: 'not needed here' });
    expect(asked).toEqual([]);
  });

  it('tries again what could not be measured, with the pauses of a run', async () => {
    const { pauses, report } = await check(tcp('a', ', retry: {attempts: 3, backoff: 2s}'), {
      measure: () => silent,
    });

    expect(pauses).toEqual([2_000, 4_000]);
    expect(report.verdict).toBe('inconclusive');
  });

  it('looks once at what a run would watch', async () => {
    const held = await check(watch(''));
    const given = await check(watch(', giveUpWhen: result.value < 1.0'));

    expect([held.report.verdict, given.report.verdict]).toEqual(['pass', 'fail']);
    expect(held.asked).toHaveLength(1);
  });

  it('words findings and computes outputs as a run does', async () => {
    const { report } = await check(
      tcp(
        'a',
        ', finding: {pass: "up in ${{ result.duration }}"}, outputs: {up: result.connected}',
      ),
    );

    expect(report.steps[0]).toMatchObject({ summary: 'up in 5ms', outputs: { up: true } });
  });

  it('shows no credential of a header', async () => {
    const { report } = await check(
      '  - {id: a, title: A, uses: check.http, with: {url: "http://a.example", headers: {X-Api-Key: k, Accept: text}}}',
    );

    expect(report.steps[0]?.evidence?.with['headers']).toEqual({
      'X-Api-Key': '[secret]',
      Accept: 'text',
    });
  });

  it('takes a fault of its own for no data', async () => {
    const { report } = await check(tcp('a'), {
      measure: () => Promise.reject(new TypeError('undefined is not a function')),
    });

    expect(report.steps[0]).toMatchObject({
      verdict: 'inconclusive',
      summary: 'The check itself failed.',
    });
  });
});
