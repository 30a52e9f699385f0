import { describe, expect, it } from 'vitest';

import type { Act } from '#app/acts.ts';
import type { RunView } from '#app/use-cases.ts';
import { answersOf } from '#cli/run/answers.ts';
import { howToAnswer, questionText } from '#cli/run/question-text.ts';
import type { Button, PlanView, Question } from '#ports/chat-messages.ts';

const at = '2026-11-24T09:16:00.000Z';
const place = { run: 'run-1', step: 'decide', visit: 1 };
const plan: PlanView = {
  what: 'Roll back checkout',
  where: 'production',
  from: '1842',
  to: '1841',
  details: ['Settings that change: PAYMENT_GATEWAY_URL'],
  warnings: ['Crosses database migrations: db/migrations/7.sql'],
  expiresAt: '2026-11-24T09:31:00.000Z',
};
const flags = { flags: ' --as ana', flagsOfOthers: ' --as …' };

describe('a question in a terminal', () => {
  it('has its answers with their plans, the recommended one first, by the words that are typed', () => {
    const view = choice();

    expect(questionText(view, answersOf(view).question, ({ word }) => word)).toEqual([
      '',
      'What do we do?',
      '  rollback  Roll back 1842 → 1841  (recommended)',
      '            Restores the last build that was healthy.',
      '            Roll back checkout in production: from 1842 to 1841',
      '            · Settings that change: PAYMENT_GATEWAY_URL',
      '            ! Crosses database migrations: db/migrations/7.sql',
      '            · Good until 09:31:00 UTC',
      '  stop      Keep looking',
    ]);
    expect(howToAnswer(flags, view)).toEqual([
      'To answer: handrail choose run-1 rollback|stop --as ana',
      'To steer:  handrail choose run-1 check-again --as ana',
    ]);
  });

  it('takes an option for itself that has the name of what steers', () => {
    const { question, steering } = answersOf(choice());

    expect(question.find(({ word }) => word === 'stop')?.act.type).toBe('Choose');
    expect(steering.map(({ word }) => word)).toEqual(['check-again']);
  });

  it('says for an approval who may give it, and how they do', () => {
    const view = viewOf(
      {
        kind: 'approval',
        title: 'Roll back checkout',
        text: 'Asked for by ana.',
        plan,
        who: 'one person of payments-oncall, other than ana',
      },
      [
        [button('a', 'Approve rollback'), { ...place, type: 'Approve', hash: 'h' }],
        [button('r', 'Reject'), { ...place, type: 'Reject', hash: 'h' }],
      ],
      { requester: { id: 'U0ANA', name: 'ana' } },
    );

    const lines = questionText(view, [], () => '');
    expect(lines[1]).toBe('Roll back checkout: Asked for by ana.');
    expect(lines).toContain('  Roll back checkout in production: from 1842 to 1841');
    expect(lines.at(-1)).toBe('  Who may approve: one person of payments-oncall, other than ana');
    expect(howToAnswer(flags, view).join('\n')).toContain('handrail approve run-1 --as …');
  });

  it('cannot steer the terminal with what strangers wrote', () => {
    const evil = '\u001B]0;gone\u0007\u001B[2J\r\nOK \u202Etxet';
    const view = viewOf(
      { title: evil, text: evil, why: evil, plan: { ...plan, what: evil, details: [evil] } },
      [[button('x', evil), { ...place, type: 'MarkDone' }]],
    );

    const lines = questionText(view, answersOf(view).question, ({ word }) => word);

    expect(lines.join('')).not.toMatch(/\p{Cc}|\u202E/u);
  });
});

function choice(): RunView {
  const rollback = button('c1', 'Roll back 1842 → 1841');
  const looking = button('c2', 'Keep looking');
  const again = button('s1', 'Check again');
  const stop = button('s2', 'Stop');
  const choose = { ...place, type: 'Choose', needsReason: false } as const;
  const view = viewOf(
    {
      kind: 'choose',
      text: 'What do we do?',
      options: [
        { control: 'c2', label: 'Keep looking', detail: '', recommended: false, plan: null },
        {
          control: 'c1',
          label: 'Roll back',
          detail: 'Restores the last build that was healthy.',
          recommended: true,
          plan,
        },
      ],
    },
    [
      [rollback, { ...choose, option: 'rollback' }],
      [looking, { ...choose, option: 'stop' }],
    ],
  );
  return {
    ...view,
    message: { ...view.message, steering: [again, stop] },
    controls: {
      ...view.controls,
      s1: { act: { type: 'Rerun', run: 'run-1' }, form: null },
      s2: { act: { type: 'Stop', run: 'run-1' }, form: null },
    },
  };
}

function viewOf(
  question: Partial<Question>,
  buttons: readonly (readonly [Button, Act])[],
  more: Partial<RunView> = {},
): RunView {
  return {
    kind: 'run',
    stream: 'run-1',
    incident: null,
    message: {
      kind: 'run',
      record: null,
      run: 'run-1',
      runbook: 'r',
      title: 'Checkout fails',
      revision: '1234567',
      newerVersion: '',
      mode: 'live',
      status: 'waiting',
      startedBy: { id: 'U0ANA', name: 'ana' },
      startedAt: at,
      endedAt: null,
      steps: [],
      evidence: [],
      picture: null,
      question: {
        kind: 'manual',
        step: 'decide',
        title: 'Decide',
        why: null,
        text: '',
        options: [],
        plan: null,
        tooOld: false,
        who: 'Any responder',
        since: at,
        buttons: buttons.map(([one]) => one),
        ...question,
      },
      steering: [],
    },
    controls: Object.fromEntries(
      buttons.map(([{ control }, act]) => [control, { act, form: null }]),
    ),
    requester: null,
    ...more,
  };
}

function button(control: string, label: string): Button {
  return { control, label, style: null, confirm: null };
}
