import { describe, expect, it } from 'vitest';

import { createNews, progressText } from '#cli/run/step-text.ts';
import type { RunMessage, StepLine } from '#ports/chat-messages.ts';

const step: StepLine = {
  id: 'symptom',
  title: 'Is checkout failing',
  mark: 'running',
  text: '',
  stale: false,
  at: '2026-11-24T09:16:00.000Z',
  stamps: [],
  children: [],
  holds: null,
};
const steps = (...lines: readonly Partial<StepLine>[]): RunMessage => ({
  kind: 'run',
  record: null,
  run: 'run-1',
  runbook: 'r',
  title: 'Checkout fails',
  revision: '1234567',
  newerVersion: '',
  mode: 'live',
  status: 'running',
  startedBy: { id: 'U0ANA', name: 'ana' },
  startedAt: '2026-11-24T09:16:00.000Z',
  endedAt: null,
  question: null,
  steering: [],
  evidence: [],
  picture: null,
  steps: lines.map((line) => ({ ...step, ...line })),
});

describe('the news of a run', () => {
  it('are each step that came to a result, once, and again when it was checked again', () => {
    const news = createNews();
    const failed = { mark: 'problem', text: '31 % of orders fail' } as const;

    expect(news(steps({}))).toEqual([]);
    expect(news(steps(failed))).toEqual([
      '09:16:00  Problem found  Is checkout failing: 31 % of orders fail',
    ]);
    expect(news(steps(failed, { id: 'next' }))).toEqual([]);
    expect(news(steps({ mark: 'ok', text: '0 %', at: '2026-11-24T09:18:00.000Z' }))).toEqual([
      '09:18:00  OK             Is checkout failing: 0 %',
    ]);
  });

  it('are what people did, also on a step that still waits', () => {
    const news = createNews();
    const by = { id: 'U0BEN', name: 'ben' };
    const stamps = [
      { what: 'Approved', by, at: '2026-11-24T09:17:00.000Z', reason: 'looks\nright' },
    ];

    expect(news(steps({ mark: 'waiting', stamps }))).toEqual([
      '09:17:00  ›              Approved by ben: looks right',
    ]);
    expect(news(steps({ mark: 'done', text: 'Rolled back', stamps }))).toEqual([
      '09:16:00  Done           Is checkout failing: Rolled back',
    ]);
  });

  it('have the checks of a called runbook below their step', () => {
    const called = { ...step, id: 'order', title: 'Place an order', mark: 'ok' } as const;

    expect(createNews()(steps({ mark: 'ok', children: [called] }))).toEqual([
      '09:16:00  OK             Is checkout failing',
      '09:16:00  OK               Place an order',
    ]);
    const news = createNews();
    expect(news(steps({ children: [called] }))).toEqual([
      '09:16:00  Running        Is checkout failing',
      '09:16:00  OK               Place an order',
    ]);
    expect(
      news(steps({ children: [called, { ...called, id: 'mail', title: 'Mail it' }] })),
    ).toEqual(['09:16:00  OK               Mail it']);
  });

  it('leave to the changing line what is going on', () => {
    const holds = { seconds: 40, of: 120 };
    expect(progressText(steps({ text: 'error_rate is 0', holds }, { id: 'b' }))).toBe(
      'Is checkout failing and 1 more: error_rate is 0; held 40 s of 2 m',
    );
    expect(progressText(steps({ mark: 'ok' }))).toBe('Working');
  });
});
