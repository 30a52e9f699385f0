import { describe, expect, it } from 'vitest';

import { check, down, measured, tcp } from './gate.ts';

const hang = (_request: unknown, signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

const many = (step: string) => `  - id: all
    title: All
    uses: parallel
    foreach: {n: inputs.list}
    steps:
      - {id: one, ${step}}`;

describe('when it is stopped', () => {
  it('what is known by then is reported, and the rest has no data', async () => {
    const stop = new AbortController();
    const { report } = await check(`${tcp('a')}\n${tcp('b')}`, {
      signal: stop.signal,
      measure(request, signal) {
        if (request.with['host'] === 'a.example') return down;
        queueMicrotask(() => stop.abort(new Error('stopped')));
        return hang(request, signal);
      },
    });

    expect(report.verdict).toBe('fail');
    expect(report.steps[1]).toMatchObject({ status: 'cancelled', verdict: 'inconclusive' });
  });

  it('by its time, a step has timed out', async () => {
    const { report } = await check(tcp('a'), { signal: AbortSignal.timeout(1), measure: hang });

    expect(report).toMatchObject({ verdict: 'inconclusive', steps: [{ status: 'timedOut' }] });
  });

  it('by the time of a group, its children have timed out and the others go on', async () => {
    const group = `  - id: hosts
    title: Hosts
    uses: parallel
    timeout: 1ms
    steps:
      - {id: tcp, uses: check.tcp, with: {host: slow.example, port: 443}}`;
    const { report } = await check(`${group}\n${tcp('c')}`, {
      measure: (request, signal) =>
        request.with['host'] === 'slow.example' ? hang(request, signal) : measured(),
    });

    expect(report.steps).toMatchObject([
      { id: 'hosts', verdict: 'inconclusive' },
      { id: 'hosts.tcp', status: 'timedOut' },
      { id: 'c', verdict: 'pass' },
    ]);
  });
});

it('measures no more than 64 at once, and four over one connection', async () => {
  let now = 0;
  let most = 0;
  const busy = async () => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setImmediate(resolve));
    now -= 1;
    return measured();
  };
  const head = `inputs:\n  list: {type: array, default: [${Array.from({ length: 100 }, (_, n) => n).join(', ')}]}`;

  await check(many('uses: check.tcp, with: {host: a, port: 1}'), { head, measure: busy });
  const anywhere = most;
  most = 0;
  await check(many('uses: check.metric, with: {connection: prom, query: up}, pass: "< 3%"'), {
    head,
    measure: busy,
  });

  expect([anywhere, most]).toEqual([64, 4]);
});
