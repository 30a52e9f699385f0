import { describe, expect, it } from 'vitest';

import { updateDraft } from '#domain/timeline/update-draft.ts';

import { checkoutIncident } from './checkout-record.ts';
import { ana, clock, declared, record } from './events.ts';

const upTo = (at: string) => record(checkoutIncident.filter((event) => event.at <= clock(at)));

describe('the draft of an update', () => {
  it('says how what was measured has moved, and after what', () => {
    expect(updateDraft(record(checkoutIncident), clock('09:20:00'))).toBe(
      [
        'Checkout returns 500s since 09:10 UTC (10 min).',
        'Error rate 41 % → 0.8 % after rollback 1842 → 1841.',
        'Deploy 1842 came 30s before it began.',
      ].join('\n'),
    );
  });

  it('claims no cure before there is one', () => {
    expect(updateDraft(upTo('09:12:10'), clock('09:12:10'))).toBe(
      [
        'Checkout returns 500s since 09:10 UTC (2 min).',
        'Error rate 41 %.',
        'Deploy 1842 came 30s before it began.',
      ].join('\n'),
    );
  });

  it('says that nothing is known where that is so', () => {
    expect(updateDraft(record([declared('09:11:00')]), clock('09:12:00'))).toBe(
      'Checkout returns 500s since 09:10 UTC (2 min).\nWe are looking into it.',
    );
  });

  it('says that it is mitigated where a person has said so', () => {
    const said = {
      type: 'MomentSet' as const,
      at: clock('09:11:40'),
      actor: ana,
      moment: 'mitigated' as const,
      from: null,
      to: clock('09:11:30'),
    };
    expect(updateDraft(record([declared('09:11:00'), said]), clock('09:12:00'))).toBe(
      'Checkout returns 500s since 09:10 UTC (2 min).\nMitigated at 09:11 UTC.',
    );
  });
});
