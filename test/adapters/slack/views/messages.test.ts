import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { drawMessage } from '#adapters/slack/views/message.ts';
import type { ApprovalMessage, IncidentCard } from '#ports/chat-messages.ts';

import { isTakenBySlack } from './block-rules.ts';
import { buttonsOf, textOf } from './drawn.ts';
import { monster } from './monsters.ts';
import { ana, at, ben, plan } from './sample-run.ts';

const card: IncidentCard = {
  kind: 'incident-card',
  incident: 'inc-1',
  title: 'Checkout is down',
  severity: 'SEV1',
  status: 'open',
  mitigatedAt: null,
  service: 'checkout',
  environment: 'production',
  drill: false,
  private: false,
  commander: null,
  roles: [],
  startedAt: at,
  resolvedAt: null,
  step: 'Decide',
  finding: '42% of orders fail',
  next: 'Choose what to do',
  alert: 'firing',
  nextUpdate: null,
  cause: null,
  related: [],
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
  record: { position: 41, hash: '3f2a'.repeat(16) },
};

describe('messages', () => {
  it('are taken by Slack and mislead nobody, whatever is written in them', () => {
    fc.assert(
      fc.property(monster, (message) => {
        expect(drawMessage(message, 'rich')).toSatisfy(isTakenBySlack);
        expect(drawMessage(message, 'plain')).toSatisfy(isTakenBySlack);
      }),
      { numRuns: 60 },
    );
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
    const over = textOf(drawMessage({ ...card, alert: 'resolved', status: 'resolved' }));
    expect(over).toContain('The alert has resolved');
    expect(over).not.toContain('Is the incident over?');
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
    expect(textOf(drawn).split('Roll back checkout')).toHaveLength(2);
  });
});

describe('the output of a check', () => {
  it('says what prints the output that it has cut', () => {
    const seen = {
      kind: 'evidence',
      title: 'Health',
      summary: 'OK: all is well',
      whole: 'handrail timeline inc-1 --format json',
      record: { position: 7, hash: 'ab'.repeat(32) },
    } as const;
    expect(textOf(drawMessage({ ...seen, raw: 'x'.repeat(3_000) }))).toContain(seen.whole);
    expect(textOf(drawMessage({ ...seen, raw: '{"a": "<b>"}' }))).not.toContain(seen.whole);
  });
});

describe('the notice', () => {
  it('mentions who is to be heard, but never the one who acted', () => {
    const drawn = drawMessage({
      kind: 'notice',
      text: 'Ana leads now <!here>',
      by: ana,
      mention: ['U0ANA', 'U0BEN', 'S0PAY', 'here'],
      record: null,
    });

    expect(drawn.text).toBe('<@U0BEN> <!subteam^S0PAY> Ana leads now &lt;!here&gt;');
  });

  it('leads to the channel whoever is not in it', () => {
    const notice = { kind: 'notice', by: ana, mention: [], record: null } as const;
    const drawn = drawMessage({ ...notice, text: 'Update: Thank you', channel: 'C1' });

    expect(textOf(drawn)).toContain('by @ana · <#C1>');
  });

  it('has the head of the record in its small print, as handrail verify takes it', () => {
    const record = { position: 41, hash: '3f2a'.repeat(16) };
    const drawn = drawMessage({ kind: 'notice', text: 'Reopened.', by: ana, mention: [], record });

    expect(drawn.blocks).toHaveLength(2);
    expect(textOf(drawn)).toContain('by @ana · Record 41 · 3f2a3f2a3f2a3f2a3f2a3f2a');
  });
});
