import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { drawMessage } from '#adapters/slack/views/message.ts';
import type {
  ApprovalMessage,
  IncidentCard,
  PlanView,
  Question,
  RunMessage,
  StepLine,
} from '#ports/chat-messages.ts';

import { isTakenBySlack } from './block-rules.ts';
import { monster } from './monsters.ts';

const ana = { id: 'U0ANA', name: 'ana' };
const ben = { id: 'U0BEN', name: 'ben' };
const at = '2026-11-24T14:03:00.000Z';

const step: StepLine = {
  id: 'symptom',
  title: 'Is checkout failing',
  mark: 'problem',
  text: '42% of orders fail',
  stale: false,
  at,
  stamps: [],
  children: [],
};
const plan: PlanView = {
  what: 'Roll back checkout',
  where: 'production',
  from: '1842',
  to: '1841',
  details: ['1841 ran for 3 days', 'PAYMENT_GATEWAY_URL changes'],
  warnings: ['A migration is in between'],
  expiresAt: at,
};
const question: Question = {
  kind: 'choose',
  step: 'decide',
  title: 'Decide',
  why: null,
  text: 'What do we do?',
  options: [
    { control: 'c1', label: 'Keep looking', detail: '', recommended: false, plan: null },
    {
      control: 'c2',
      label: 'Roll back',
      detail: 'The shipped URL is wrong',
      recommended: true,
      plan,
    },
  ],
  plan: null,
  who: 'Responders of checkout',
  since: at,
  buttons: [
    {
      control: 'c-1',
      label: 'Roll back 1842 → 1841',
      style: 'primary',
      confirm: {
        title: 'Roll back?',
        text: 'checkout in production',
        confirm: 'Roll back',
        deny: 'Cancel',
      },
    },
    { control: 'c-2', label: 'Keep looking', style: null, confirm: null },
  ],
};
const run: RunMessage = {
  kind: 'run',
  run: 'run-1',
  runbook: 'checkout-bad-gateway-url',
  title: 'Checkout returns 5xx',
  revision: 'abc1234',
  newerVersion: null,
  mode: 'live',
  status: 'waiting',
  startedBy: ana,
  startedAt: at,
  endedAt: null,
  steps: [step],
  question,
  steering: [{ control: 'c-9', label: 'Stop', style: 'danger', confirm: null }],
};
const card: IncidentCard = {
  kind: 'incident-card',
  incident: 'inc-1',
  title: 'Checkout is down',
  severity: 'SEV1',
  status: 'open',
  service: 'checkout',
  environment: 'production',
  drill: false,
  commander: null,
  roles: [],
  startedAt: at,
  resolvedAt: null,
  step: 'Decide',
  finding: '42% of orders fail',
  next: 'Choose what to do',
  alert: 'firing',
  cause: null,
  links: [],
  problems: [],
  buttons: [],
};
const approval: ApprovalMessage = {
  kind: 'approval',
  title: 'Roll back checkout',
  incident: 'inc-1',
  channel: 'C1',
  requester: ana,
  why: 'Restores the last healthy build.',
  plan,
  buttons: [
    { control: 'a', label: 'Approve rollback', style: 'primary', confirm: null },
    { control: 'r', label: 'Reject', style: 'danger', confirm: null },
  ],
  outcome: null,
};

describe('messages', () => {
  it('are taken by Slack and mislead nobody, whatever is written in them', () => {
    fc.assert(
      fc.property(monster, (message) => {
        expect(drawMessage(message)).toSatisfy(isTakenBySlack);
      }),
      { numRuns: 60 },
    );
  });

  it('keep the question and its buttons when there is more evidence than fits', () => {
    const steps = Array.from({ length: 200 }, (_none, index) => ({
      ...step,
      title: `step ${index}`,
      text: 'x'.repeat(300),
    }));
    const message = drawMessage({ ...run, steps });
    const drawn = textOf(message);

    expect(message).toSatisfy(isTakenBySlack);
    expect(drawn).toContain('step 199');
    expect(drawn).not.toContain('*step 0*');
    expect(drawn).toContain('Earlier steps are on the timeline');
    expect(drawn).toContain('What do we do?');
    expect(buttonsOf(message)).toEqual(['c-1', 'c-2', 'c-9']);
  });
});

describe('the run message', () => {
  it('shows the evidence first, then what to press with the recommendation first', () => {
    const drawn = textOf(drawMessage(run));

    const order = [
      'Checkout returns 5xx',
      '42% of orders fail',
      '👉 *Roll back* (recommended)',
      '• Keep looking',
      'From *1842* to *1841*',
      'Roll back 1842 → 1841',
      'Stop',
    ];
    const places = order.map((words) => drawn.indexOf(words));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it.each([
    ['ok', 'OK'],
    ['problem', 'Problem found'],
    ['noData', 'No data'],
  ] as const)('calls %s "%s"', (mark, word) => {
    expect(textOf(drawMessage({ ...run, steps: [{ ...step, mark }] }))).toContain(
      `*Is checkout failing* · ${word}`,
    );
  });

  it('makes old evidence look old and says from when it is', () => {
    const drawn = textOf(drawMessage({ ...run, steps: [{ ...step, mark: 'ok', stale: true }] }));

    expect(drawn).not.toContain('🟢');
    expect(drawn).toMatch(/was OK.*\(old, from <!date\^\d+\^\{time\}\|14:03 UTC>\)/s);
  });

  it('shows the broken one of many children', () => {
    const children = Array.from({ length: 40 }, (_none, index) => ({
      ...step,
      title: `host ${index}`,
      mark: index === 37 ? ('problem' as const) : ('ok' as const),
    }));
    const drawn = textOf(drawMessage({ ...run, steps: [{ ...step, children }] }));

    expect(drawn).toContain('host 37');
    expect(drawn).toContain('and 32 more');
  });

  it('turns a used button into its stamp', () => {
    const stamps = [{ what: 'Approved', by: ben, at, reason: 'looks right' }];
    const drawn = textOf(drawMessage({ ...run, question: null, steps: [{ ...step, stamps }] }));

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

describe('the incident card', () => {
  it('says what, how bad, who and what next', () => {
    const drawn = textOf(drawMessage(card));

    for (const words of [
      'Checkout is down',
      'SEV1',
      'Open',
      'nobody yet',
      '42% of orders fail',
      'Choose what to do',
      'firing',
    ]) {
      expect(drawn).toContain(words);
    }
  });

  it('marks a drill in the card and in its notification', () => {
    const drawn = drawMessage({ ...card, drill: true });

    expect(drawn.text).toMatch(/^Drill: /);
    expect(textOf(drawn)).toContain('*Drill*');
  });

  it('says that an alert has resolved, which does not end the incident', () => {
    expect(textOf(drawMessage({ ...card, alert: 'resolved' }))).toContain(
      'The alert has resolved. Is the incident over?',
    );
  });
});

describe('the approval', () => {
  it('shows the plan above the buttons', () => {
    const drawn = drawMessage(approval);

    expect(textOf(drawn)).toContain('*Roll back checkout* · production\nFrom *1842* to *1841*');
    expect(textOf(drawn)).toContain('⚠️ A migration is in between');
    expect(buttonsOf(drawn)).toEqual(['a', 'r']);
  });

  it('has no buttons left once it is over, only how it ended', () => {
    const drawn = drawMessage({
      ...approval,
      outcome: { what: 'Approved', by: ben, at, reason: null },
    });

    expect(buttonsOf(drawn)).toEqual([]);
    expect(textOf(drawn)).toContain('Approved by @ben');
  });
});

describe('the notice', () => {
  it('mentions who is to be heard, but never the one who acted', () => {
    const drawn = drawMessage({
      kind: 'notice',
      text: 'Ana leads now <!here>',
      by: ana,
      mention: ['U0ANA', 'U0BEN', 'S0PAY', 'here'],
    });

    expect(drawn.text).toBe('<@U0BEN> <!subteam^S0PAY> Ana leads now &lt;!here&gt;');
  });
});

function textOf(message: { blocks: readonly unknown[] }): string {
  const strings: string[] = [];
  JSON.stringify(message.blocks, (key, value: unknown) => {
    if (key === 'text' && typeof value === 'string') strings.push(value);
    return value;
  });
  return strings.join('\n');
}

function buttonsOf(message: { blocks: readonly unknown[] }): string[] {
  return [...JSON.stringify(message.blocks).matchAll(/"value":"([^"]*)"/g)].map(
    ([, value]) => value ?? '',
  );
}
