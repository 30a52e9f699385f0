import { describe, expect, it } from 'vitest';

import type { Deploys, Freeze } from '#ports/deploys.ts';
import { PortError } from '#ports/port-error.ts';

import { playWrite } from './play-write.ts';

const step = (uses: string) => `  - {id: hold, title: Hold, uses: ${uses}, with: {reason: Slow}}`;
const lost = new PortError('deploys.unknown', 'No answer came.', { retry: true });

describe.each([
  ['deploys.freeze', true, 'open', 'frozen'],
  ['deploys.unfreeze', false, 'frozen', 'open'],
])('%s', (uses, frozen, from, to) => {
  it('says what it changes, and does it once', async () => {
    const api = platform({ frozen: !frozen, reason: null });

    const { plan, finished } = await playWrite(step(uses), { deploys: api });

    expect(plan).toMatchObject({ plan: { action: uses, from, to, reason: 'Slow' } });
    expect(finished).toMatchObject({ outcome: 'succeeded', result: { frozen } });
    expect(api.asked).toEqual([{ frozen, reason: 'Slow (Handrail run run-1)' }]);
  });

  it('is not needed where it is so already', async () => {
    const api = platform({ frozen, reason: 'by ben' });

    const { finished } = await playWrite(step(uses), { deploys: api });

    expect(finished).toMatchObject({ outcome: 'notNeeded' });
    expect(finished?.finding).toContain('already: by ben');
    expect(api.asked).toEqual([]);
  });

  it('whose answer was lost is done when the deploy API says so', async () => {
    const api = platform({ frozen: !frozen, reason: null });
    const setFreeze: Deploys['setFreeze'] = async (target, next) => {
      await api.setFreeze(target, next);
      throw lost;
    };

    const { finished, sent } = await playWrite(step(uses), { deploys: { ...api, setFreeze } });

    expect(finished).toMatchObject({ outcome: 'succeeded', result: { frozen } });
    expect(sent).toBe(1);
  });
});

function platform(freeze: Freeze) {
  let now = freeze;
  const asked: Freeze[] = [];
  return {
    asked,
    readFreeze: async () => now,
    async setFreeze(_target: unknown, next: { frozen: boolean; reason: string }) {
      asked.push(next);
      now = next;
      return { kind: 'set' as const };
    },
  };
}
