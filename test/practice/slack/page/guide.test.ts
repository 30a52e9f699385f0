import { describe, expect, it } from 'vitest';

import type { Facts } from '#practice/slack/page/guide/facts.ts';
import { stepOf } from '#practice/slack/page/guide/steps.ts';

const calm: Facts = {
  viewer: 'U0ANA',
  broken: false,
  healthy: true,
  incident: null,
  recommended: null,
  again: null,
  asked: null,
  approved: false,
};
const broken = { ...calm, broken: true, healthy: false };
const opened = { ...broken, incident: { id: 'C1', resolved: false } };
const rollBack = { label: 'Roll back 1842 → 1841', channel: 'C1', ts: '1.1' };
const approve = {
  label: 'Approve rollback',
  channel: 'D1',
  ts: '2.2',
  person: 'U0BEN',
  name: 'Ben',
};
const start = { label: '▶ Checkout returns 5xx', channel: 'C1', ts: '1.2' };
const resolve = { label: 'Resolve', channel: 'C1', ts: '3.3' };

describe('the guide', () => {
  it.each<[string, Facts, number, string]>([
    ['nothing has happened', calm, 0, 'Break the shop'],
    ['it is broken', broken, 1, 'The alert opens the incident'],
    [
      'one was declared with nothing broken',
      { ...calm, incident: { id: 'C1', resolved: false } },
      0,
      'Break the shop',
    ],
    [
      'and a runbook is at hand',
      { ...calm, incident: { id: 'C1', resolved: false }, recommended: start },
      0,
      'Break the shop',
    ],
    ['the channel is open', opened, 2, 'Handrail looks at it'],
    [
      'something is recommended',
      { ...opened, recommended: rollBack },
      2,
      'Press what is recommended',
    ],
    [
      'what was found is old',
      { ...opened, again: { ...rollBack, label: 'Check again' } },
      2,
      'Look again',
    ],
    ['somebody is asked', { ...opened, asked: approve }, 3, 'Be Ben, and approve'],
    [
      'one is asked oneself',
      { ...opened, asked: approve, viewer: 'U0BEN' },
      3,
      'You are Ben: approve',
    ],
    ['it was approved', { ...opened, approved: true }, 4, 'Watch it recover'],
    [
      'it is mended',
      { ...opened, broken: false, healthy: true, recommended: resolve },
      4,
      'Watch it recover',
    ],
    ['it is resolved', { ...calm, incident: { id: 'C1', resolved: true } }, 5, 'Read the timeline'],
    [
      'it breaks again after that',
      { ...broken, incident: { id: 'C1', resolved: true } },
      1,
      'The alert opens the incident',
    ],
  ])('when %s', (_when, facts, at, title) => {
    expect(stepOf(facts)).toMatchObject({ at, title });
  });

  it('leads to the button that it names', () => {
    const { hint, way } = stepOf({ ...opened, recommended: rollBack });

    expect(hint).toContain('«Roll back 1842 → 1841»');
    expect(way).toMatchObject({ channel: 'C1', ts: '1.1', as: 'U0ANA' });
  });

  it('makes one the person who was asked', () => {
    expect(stepOf({ ...opened, asked: approve }).way).toMatchObject({ as: 'U0BEN', channel: 'D1' });
  });
});
