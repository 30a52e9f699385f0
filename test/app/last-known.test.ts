import { describe, expect, it } from 'vitest';

import { createLastKnown } from '#app/last-known.ts';

const at = '2026-11-24T01:00:00.000Z';
const kept = {
  fresh: { members: ['U0BEN'], at, old: false, changed: false },
  old: { members: ['U0BEN'], at, old: true, changed: false },
  changed: { members: ['U0BEN'], at, old: false, changed: true },
};

describe('what a terminal goes by while Slack is silent', () => {
  it('is nobody but the person whom a token has vouched for', () => {
    const known = createLastKnown({ recall: async () => null });
    expect(known.person('U0ANA')).toBeNull();

    known.vouchFor({ id: 'U0ANA', name: 'ana' });

    expect(known.person('U0ANA')).toEqual({ id: 'U0ANA', name: 'ana', active: true });
    expect(known.person('U0BEN')).toBeNull();
  });

  it('is the members that were kept, and nobody where they are too old, have changed or were never kept', async () => {
    const known = createLastKnown({
      recall: async (group) => Object.entries(kept).find(([name]) => name === group)?.[1] ?? null,
    });

    expect(await known.members('fresh')).toEqual(['U0BEN']);
    expect(known.doubts()).toEqual([]);

    expect(await known.members('old')).toEqual([]);
    expect(await known.members('changed')).toEqual([]);
    expect(await known.members('never')).toEqual([]);
    await known.members('old');
    expect(known.doubts()).toEqual([
      "Who is in the Slack user group old can't be known now: Slack does not answer, and what was kept of it is from 2026-11-24T01:00Z, older than 8h. Groups with users: in the settings need no Slack.",
      "Who is in the Slack user group changed can't be known now: Slack does not answer, and what was kept of it is from 2026-11-24T01:00Z, and it has changed since. Groups with users: in the settings need no Slack.",
      "Who is in the Slack user group never can't be known now: Slack does not answer, and its members were never kept. Groups with users: in the settings need no Slack.",
    ]);
  });
});
