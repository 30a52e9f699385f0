import { describe, expect, test } from 'vitest';

import type { Act, RehearsalCase } from '#domain/rehearsal/rehearsal-case.ts';
import { rehearse } from '#domain/rehearsal/rehearse.ts';
import { fold } from '#domain/stream/stream.ts';
import { by, clock, give, theRun } from '#test/support/give.ts';
import { runbookOf, settings } from '#test/support/runbooks.ts';

function play(steps: string, one: RehearsalCase, given = settings) {
  return rehearse({ runbook: runbookOf(steps), settings: given }, one);
}

const manual = '{id: m, title: M, uses: manual, with: {instructions: Go, confirm: Went}}';

describe('while nobody answers', () => {
  const late = { step: 'm', user: 'ana', done: true, after: '20m' } as const;

  test('on-call is told at once and after two minutes, the commanders after five', () => {
    expect(told([late])).toEqual([
      [0, 'payments-oncall'],
      [120_000, 'payments-oncall'],
      [300_000, 'incident-commanders'],
    ]);
  });

  test('the settings say whom to tell for a severity', () => {
    const escalation = { SEV1: [{ after: '90s', tell: 'payments' }] };
    expect(told([late], { ...settings, escalation })).toEqual([[90_000, 'payments']]);
  });

  test('nobody is told any more once somebody has answered', () => {
    expect(told([{ ...late, after: '1m' }])).toEqual([[0, 'payments-oncall']]);
  });

  test('nothing is ever written', () => {
    const { failures } = play('  - {id: rollback, title: R, uses: deploys.rollback}', {
      mocks: { rollback: { plan: { to: '1' } } },
      people: [{ step: 'rollback', user: 'ben', reject: true, after: '2h' }],
      expect: { waitingOn: 'rollback', writes: [] },
    });
    expect(failures).toEqual([]);
  });

  test('a run that asks tells people as well', () => {
    const { stream } = play('  - {id: t, title: T, uses: deploys.rollback}', {
      mocks: { t: { plan: { to: '1' }, error: 'x' } },
      people: [{ step: 't', user: 'ben', approve: true }],
    });
    const { position } = theRun(stream);
    const since = position.kind === 'ask' ? position.since : '';
    const escalate = { ...by('bot'), type: 'Escalate', step: 't', since } as const;
    expect(give(stream, { ...escalate, rung: 0 }).refused).toBe('run.moved-on');
    const again = give(stream, { ...escalate, rung: 1 });
    expect(again.events).toMatchObject([{ type: 'Escalated', tell: 'payments-oncall' }]);
    expect(give(again.stream, { ...escalate, rung: 1 }).refused).toBe('run.moved-on');
  });
});

describe('a step of people with a timeout', () => {
  test('stops and asks when the time is over', () => {
    const { failures, elapsedMs, run } = play(`  - ${manual.replace('}}', '}, timeout: 7m}')}`, {
      expect: { waitingOn: 'm' },
    });
    expect(failures).toEqual([]);
    expect(elapsedMs).toBe(420_000);
    expect(run.steps['m']?.finished?.status).toBe('timedOut');
  });

  test('follows its route', () => {
    const steps = `  - ${manual.replace('}}', '}, timeout: 7m, next: {timedOut: end}}')}`;
    expect(play(steps, { expect: { status: 'succeeded' } }).failures).toEqual([]);
  });

  test('without one it waits for as long as it takes', () => {
    const { failures } = play(`  - ${manual}`, {
      people: [{ step: 'm', user: 'ana', done: true, after: '3d' }],
      expect: { status: 'succeeded' },
    });
    expect(failures).toEqual([]);
  });
});

describe('an answer', () => {
  const form = `  - {id: f, title: F, uses: form, with: {question: Q, fields: {n: {type: integer, minimum: 1}, why: {type: string, required: false}}}}`;

  test.each([[{}], [{ n: 0 }], [{ n: 'x' }], [{ n: 1, other: 2 }]])('%j does not fit', (answer) => {
    const people = [{ step: 'f', user: 'ana', answer, expect: 'refused' }] as const;
    expect(play(form, { people, expect: { waitingOn: 'f' } }).failures).toEqual([]);
  });

  test('keeps what was typed apart from what was chosen', () => {
    const { run, events } = play(form, {
      people: [{ step: 'f', user: 'ana', answer: { n: 2, why: 'because' } }],
    });
    expect(run.steps['f']?.finished?.result).toEqual({
      values: { n: 2, why: 'because' },
      by: 'ana',
    });
    expect(events.find((event) => event.type === 'Answered')).toMatchObject({
      values: { n: 2 },
      texts: { why: 'because' },
    });
  });

  test('stands nowhere in the record but under texts, and is gone when it was erased', () => {
    const steps = [
      `  - {id: f, title: F, uses: form, with: {question: Q, fields: {who: {type: string}}}, outputs: {whom: 'result.values.who', list: '[result.values.who]', n: '1'}, finding: {done: 'Asked for \${{ result.values.who }}'}}`,
      `  - {id: m, title: M, uses: manual, with: {instructions: x}}`,
    ].join('\n');
    const { run, events } = play(steps, {
      people: [
        { step: 'f', user: 'ana', answer: { who: 'Jane Doe' } },
        { step: 'm', user: 'ana', done: true, reason: 'called Jane Doe' },
      ],
    });

    expect(run.steps['f']?.finished).toMatchObject({
      finding: 'Asked for Jane Doe',
      outputs: { whom: 'Jane Doe', list: ['Jane Doe'], n: 1 },
      result: { values: { who: 'Jane Doe' } },
    });
    expect(run.steps['m']?.finished?.result).toMatchObject({ note: 'called Jane Doe' });
    const bare = events.map((event) =>
      'texts' in event ? { ...event, texts: erased(event.texts) } : event,
    );
    expect(JSON.stringify(bare)).not.toContain('Jane');
    const left = fold('s', bare).runs[run.id];
    expect(left?.steps['f']?.finished).toMatchObject({
      finding: '',
      outputs: { n: 1 },
      result: { values: { who: null }, by: 'ana' },
    });
    expect(left?.steps['m']?.finished).toMatchObject({ result: { note: null } });
  });

  test('of the second person is refused, and names the first', () => {
    const people = [
      { step: 'm', user: 'ana', done: true },
      { step: 'm', user: 'ben', done: true, expect: 'refused' },
    ] as const;
    const { failures, run } = play(
      `  - ${manual}\n  - {id: w, title: W, uses: manual, with: {instructions: x}}`,
      {
        people,
        expect: { waitingOn: 'w' },
      },
    );
    expect(failures).toEqual([]);
    expect(run.steps['m']?.stamps).toMatchObject([{ by: { id: 'ana' } }]);
  });

  test('to an older visit of the step changes nothing', () => {
    const { stream } = play(`  - ${manual.replace('}}', '}, next: {done: m}}')}`, {
      people: [{ step: 'm', user: 'ana', done: true }],
    });
    const done = { ...by('ben'), type: 'MarkDone', step: 'm', visit: 1, note: null } as const;
    expect(give(stream, done).refused).toBe('run.moved-on');
  });

  test.each(['constructor', 'toString', 'nothing'])('%s is no option of a choice', (choose) => {
    const steps =
      '  - {id: c, title: C, uses: choose, with: {question: Q, options: {a: {label: A, next: end}}}}';
    const people = [{ step: 'c', user: 'ana', choose, expect: 'refused' }] as const;
    expect(play(steps, { people, expect: { waitingOn: 'c' } }).failures).toEqual([]);
  });
});

/** Who was told, and how many milliseconds after the beginning. */
function told(people: readonly Act[], given = settings): readonly (readonly [number, string])[] {
  const { events } = play(`  - ${manual}`, { people }, given);
  return events.flatMap((event) =>
    event.type === 'Escalated'
      ? [[Date.parse(event.at) - Date.parse(clock(0)), event.tell] as const]
      : [],
  );
}

function erased(texts: Readonly<Record<string, unknown>> = {}): Record<string, null> {
  return Object.fromEntries(Object.keys(texts).map((name) => [name, null]));
}
