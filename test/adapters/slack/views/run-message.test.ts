import { describe, expect, it } from 'vitest';

import { drawMessage } from '#adapters/slack/views/message.ts';
import type { RunMessage, StepLine } from '#ports/chat-messages.ts';

import { isTakenBySlack } from './block-rules.ts';
import { buttonsOf, textOf } from './drawn.ts';
import { ana, at, ben, question, run, step } from './sample-run.ts';

const decided: StepLine = {
  ...step,
  id: 'decide',
  title: 'Decide',
  mark: 'done',
  text: 'Roll back',
  stamps: [{ what: 'Roll back, chosen', by: ana, at, reason: null }],
};
const rolledBack: StepLine = {
  ...step,
  id: 'rollback',
  title: 'Roll back checkout',
  mark: 'done',
  text: 'Rolled back 1842 → 1841',
  stamps: [{ what: 'Approved', by: ben, at, reason: 'looks right' }],
};
const watching: StepLine = {
  ...step,
  id: 'recovery',
  title: 'Healthy again',
  mark: 'running',
  text: 'error_rate is 0.004',
  holds: { seconds: 40, of: 120 },
};

describe('the run message', () => {
  it('puts the recommendation on top, then the evidence, then what to press', () => {
    const drawn = textOf(drawMessage(run));

    const order = [
      'Checkout returns 5xx',
      '👉 *Recommended: Roll back 1842 → 1841*\nThe shipped URL is wrong',
      'Is checkout failing',
      '🔴 Problem found',
      '42% of orders fail',
      '👉 *Roll back* (recommended)',
      '• Keep looking',
      'From *1842* to *1841*',
      'Roll back 1842 → 1841',
      'Stop',
    ];
    expect(drawn).toSatisfy((text: string) => inOrder(text, order));
    expect(drawn.split('The shipped URL is wrong')).toHaveLength(2);
  });

  it('says that nothing is recommended when the evidence has grown old', () => {
    const options = question.options.map((option) => ({ ...option, recommended: false }));
    const drawn = textOf(drawMessage({ ...run, question: { ...question, options, tooOld: true } }));

    expect(drawn).toContain('Nothing is recommended: the evidence is old');
    expect(drawn).not.toContain('👉');
  });

  it('has what was found in its table and what was done in its plan, and no step in both', () => {
    const message = drawMessage(acting([decided, rolledBack, watching]));
    const [table, plan] = blocksOf(message, ['table', 'plan']);

    expect(textOf({ blocks: [table] })).toBe(
      [
        'Check',
        'Result',
        'Found',
        'Is checkout failing',
        '🔴 Problem found',
        '42% of orders fail',
      ].join('\n'),
    );
    expect(textOf({ blocks: [plan] }).split('\n')).toEqual([
      'Now: Healthy again',
      'Decide · Roll back, chosen by @ana 14:03 UTC',
      'Roll back',
      'Roll back checkout · Rolled back 1842 → 1841 · Approved by @ben 14:03 UTC',
      'Rolled back 1842 → 1841',
      'Healthy again · Running',
      'error_rate is 0.004',
    ]);
  });

  it.each(['rich', 'plain'] as const)('shows in %s blocks how long a watch has held', (style) => {
    const drawn = textOf(drawMessage(acting([watching]), style));

    expect(drawn).toContain('error_rate is 0.004\n▰▰▰▱▱▱▱▱▱▱ held 40 s of 2 m');
  });

  it('says how long it took once it is over', () => {
    const over = { status: 'succeeded', endedAt: '2026-11-24T14:05:00.000Z' } as const;
    const drawn = textOf(drawMessage({ ...acting([decided]), ...over }));

    expect(drawn).toContain('Finished after 2 min');
  });

  it.each([
    ['ok', '🟢 OK'],
    ['problem', '🔴 Problem found'],
    ['noData', '⚪ No data'],
  ] as const)('calls %s "%s"', (mark, words) => {
    expect(textOf(drawMessage({ ...run, evidence: [{ ...step, mark }] }))).toContain(words);
  });

  it('makes old evidence look old and says from when it is', () => {
    const old = { ...step, mark: 'ok' as const, stale: true };
    const rich = drawMessage({ ...run, evidence: [old] });
    const plain = textOf(drawMessage({ ...run, steps: [old] }, 'plain'));

    expect(JSON.stringify(rich.blocks)).toMatch(/🕓 was OK, .*"format":"{time}".*14:03 UTC/);
    expect(plain).toMatch(/was OK.*\(old, from <!date\^\d+\^\{time\}\|14:03 UTC>\)/s);
    expect(textOf(rich) + plain).not.toContain('🟢');
  });

  it.each(['rich', 'plain'] as const)(
    'keeps the question and its buttons in %s blocks when there is more than fits',
    (style) => {
      const steps = Array.from({ length: 200 }, (_none, index) => ({
        ...step,
        id: `s${index}`,
        title: `step ${index}`,
        text: 'x'.repeat(300),
        mark: index % 2 === 0 ? ('problem' as const) : ('done' as const),
      }));
      const evidence = steps.filter(({ mark }) => mark === 'problem');
      const message = drawMessage({ ...run, steps, evidence }, style);
      const drawn = textOf(message);

      expect(message).toSatisfy(isTakenBySlack);
      expect(drawn).toContain('step 199');
      expect(drawn).not.toMatch(/step 0\b/);
      expect(drawn).toMatch(/earlier steps/i);
      expect(drawn).toContain('What do we do?');
      expect(buttonsOf(message)).toEqual(['c-1', 'c-2', 'c-9']);
    },
  );

  it('keeps a problem in the table that many newer checks would push out', () => {
    const evidence = Array.from({ length: 20 }, (_none, index) => ({
      ...step,
      id: `s${index}`,
      title: `host ${index}`,
      mark: index === 3 ? ('problem' as const) : ('ok' as const),
    }));
    const [table] = blocksOf(drawMessage({ ...run, steps: evidence, evidence }), ['table']);

    expect(textOf({ blocks: [table] })).toMatch(/host 3\n🔴.*host 13\n.*host 19/s);
    expect(textOf({ blocks: [table] })).not.toContain('host 12');
  });

  it('shows the broken one of many children', () => {
    const children = Array.from({ length: 40 }, (_none, index) => ({
      ...step,
      title: `host ${index}`,
      mark: index === 37 ? ('problem' as const) : ('ok' as const),
    }));
    const drawn = textOf(drawMessage({ ...run, steps: [{ ...step, children }] }, 'plain'));

    expect(drawn).toContain('host 37');
    expect(drawn).toContain('and 32 more');
  });

  it('turns a used button into its stamp, and tells nobody by it', () => {
    const drawn = textOf(drawMessage(acting([rolledBack]), 'plain'));

    expect(drawn).toMatch(/Approved by @ben <!date\^\d+\^\{time\}\|14:03 UTC>: looks right/);
    expect(drawn).not.toContain('<@');
  });

  it.each([
    ['dryRun', 'nothing will be changed'],
    ['drill', 'Drill'],
  ] as const)('marks the mode %s', (mode, words) => {
    expect(textOf(drawMessage({ ...run, mode }))).toContain(words);
  });
});

/** The run after its question: `steps` come after the evidence. */
function acting(steps: readonly StepLine[]): RunMessage {
  return { ...run, status: 'running', question: null, steps: [step, ...steps] };
}

function blocksOf({ blocks }: { blocks: readonly { type: string }[] }, types: readonly string[]) {
  return types.map((type) => blocks.find((block) => block.type === type));
}

function inOrder(text: string, words: readonly string[]): boolean {
  let from = 0;
  return words.every((word) => {
    const found = text.indexOf(word, from);
    from = found + word.length;
    return found >= 0;
  });
}
