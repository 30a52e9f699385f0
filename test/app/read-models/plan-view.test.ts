import { describe, expect, it } from 'vitest';

import { planLabel, planSentence, planView, planWords } from '#app/read-models/plan-view.ts';
import type { JsonObject } from '#domain/json.ts';
import { planMove } from '#domain/timeline/plan-text.ts';

const place = { service: 'checkout', environment: 'production', connection: 'somewhere' };
const rollback = {
  ...place,
  action: 'deploys.rollback',
  from: { id: 'd-1842', build: '1842' },
  to: { id: 'd-1841', build: '1841' },
};
const flag = { ...place, action: 'flags.set', flag: 'gateway-a-off', from: false, to: true };
const freeze = { ...place, action: 'deploys.freeze', from: 'open', to: 'frozen', reason: 'Slow' };
const unfreeze = { ...place, action: 'deploys.unfreeze', from: 'frozen', to: 'open', reason: '' };
const request = {
  ...place,
  action: 'http.request',
  method: 'POST',
  url: 'https://hooks.example.com/x',
  bodyKeys: ['card'],
  parameters: [],
};
const unknown = { ...place, action: 'space.launch' };

describe('a plan, as people read it', () => {
  it.each<[string, JsonObject, string, string]>([
    ['rollback', rollback, 'Roll back checkout', 'production: from build 1842 to 1841.'],
    [
      'flag',
      flag,
      'Set the flag gateway-a-off of checkout',
      'production: gateway-a-off from false to true.',
    ],
    [
      'freeze',
      freeze,
      'Freeze deploys of checkout',
      'production: no deploy goes through until it is unfrozen.',
    ],
    ['unfreeze', unfreeze, 'Unfreeze deploys of checkout', 'production: deploys go through again.'],
    ['request', request, 'POST https://hooks.example.com/x', 'production.'],
    ['write of a later version', unknown, 'space.launch', 'production.'],
  ])('says of a %s what it does, and where', (_name, plan, what, sentence) => {
    expect(planView(plan, null)).toMatchObject({ what, where: 'production' });
    expect(planSentence(plan)).toBe(sentence);
    expect(planWords(plan).approve.length).toBeLessThanOrEqual(24);
  });

  it('has the ends of a rollback on the button, as far as there is room', () => {
    expect(planLabel('Roll back', rollback)).toBe('Roll back 1842 → 1841');
    expect(planLabel('Roll back the checkout', rollback)).toBe('Roll back the checkout');
    expect(planLabel('Fail over to B', flag)).toBe('Fail over to B');
  });

  it.each<[JsonObject, string]>([
    [rollback, 'checkout in production: 1842 → 1841'],
    [flag, 'checkout in production: gateway-a-off false → true'],
    [freeze, 'checkout in production: open → frozen'],
    [request, 'checkout in production: POST https://hooks.example.com/x'],
  ])('is one line of the timeline: %#', (plan, line) => {
    expect(planMove(plan)).toBe(line);
  });
});
