import { describe, expect, it } from 'vitest';

import { load } from '#app/load.ts';
import { clock } from '#test/support/give.ts';

import { card, channel, incident, openScene, strict } from './scene.ts';

const approve = { type: 'Approve', run: 'run', step: 's', visit: 1, hash: 'h' } as const;
const here = { channel, message: card };
const oncall = { id: 'oncall', name: 'oncall' };

/** Where a press can come from. */
const entrances = {
  'a message of the channel': { origin: here },
  'a form that such a message opened': { origin: here, values: { reason: 'r' } },
  'a direct message': { origin: { channel: 'D1', message: '2.2' } },
  'the App Home': { origin: { channel: null, message: null } },
  'a form of the App Home': { origin: { channel: null, message: null }, values: { reason: 'r' } },
  'a terminal': { origin: { channel: null, message: null, once: 'terminal 1' } },
};

/** Buttons whose time is over: of another plan, another visit, a step and a run that are not there. */
const stale: readonly (readonly [object, string])[] = [
  [{ hash: 'of another plan' }, 'run.plan-changed'],
  [{ visit: 2 }, 'run.moved-on'],
  [{ step: 'gone' }, 'run.moved-on'],
  [{ run: 'gone' }, 'run.unknown'],
  [{ type: 'Reject', visit: 7 }, 'run.moved-on'],
];

/** The scene with a button that approves; what was recorded since. */
async function withButton(act: object = approve) {
  const { app, useCases } = await openScene(strict);
  await app.store.setMark({
    scope: 'control',
    key: 'b',
    value: { stream: incident, act: { ...approve, ...act } },
  });
  const before = (await load(app, incident)).position;
  return {
    app,
    pressAs: (request: Omit<Parameters<typeof useCases.press>[0], 'control' | 'by'>) =>
      useCases.press({ control: 'b', by: oncall, ...request }),
    press: (origin: Parameters<typeof useCases.press>[0]['origin'], by = oncall, control = 'b') =>
      useCases.press({ control, by, origin }),
    recorded: async () => {
      const { events } = await load(app, incident);
      return events.filter(({ position }) => position > before).map(({ event }) => event.type);
    },
  };
}

describe('a button', () => {
  it('counts in the message that it was drawn for', async () => {
    const { press, recorded } = await withButton();
    expect(await press(here)).toMatchObject({ kind: 'done' });
    expect(await recorded()).toContain('Approved');
  });

  it.each([
    ['in another message', { channel, message: '9.9' }],
    ['in another channel', { channel: 'C9', message: card }],
  ])('that was copied counts for nothing: %s', async (_where, origin) => {
    const { press, recorded } = await withButton();
    expect(await press(origin)).toMatchObject({ code: 'control.copied' });
    expect(await recorded()).toEqual([]);
  });

  it('counts in a message whose post is under way, and nowhere else meanwhile', async () => {
    const { app, press, recorded } = await withButton();
    const message = {
      channel,
      ts: null,
      digest: '',
      pulse: '',
      at: clock(0),
      pinned: false,
      gone: false,
    };
    const value = { messages: { card: message }, topic: '', invited: [] };
    await app.store.setMark({ scope: 'posted:main', key: incident, value });

    expect(await press({ channel: 'C9', message: '9.9' })).toMatchObject({
      code: 'control.copied',
    });
    expect(await recorded()).toEqual([]);
    expect(await press({ channel, message: '9.9' })).toMatchObject({ kind: 'done' });
  });

  it('that nobody drew counts for nothing', async () => {
    const { press } = await withButton();
    expect(await press(here, oncall, 'made-up')).toMatchObject({ code: 'control.unknown' });
    expect(await press(here, oncall, '__proto__')).toMatchObject({ code: 'control.unknown' });
  });

  it('does what it does once, however often the press is delivered', async () => {
    const { press, recorded } = await withButton();
    const once = { ...here, once: 'T1 trigger 1' };

    expect(await Promise.all([press(once), press(once), press(once)])).toMatchObject([
      { kind: 'done' },
      { kind: 'done' },
      { kind: 'done' },
    ]);
    expect((await recorded()).filter((type) => type === 'Approved')).toHaveLength(1);
  });

  it('that is stale is refused, and says who was first or what has changed', async () => {
    const { press } = await withButton();
    await press(here);
    expect(await press(here, { id: 'requester', name: 'requester' })).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('oncall'),
    });

    const changed = await withButton({ hash: 'of another plan' });
    expect(await changed.press(here)).toMatchObject({ code: 'run.plan-changed' });
    const moved = await withButton({ visit: 2 });
    expect(await moved.press(here)).toMatchObject({ code: 'run.moved-on' });
  });

  it.each(Object.entries(entrances))(
    'that is stale is refused at every entrance, and noted: %s',
    async (_entrance, request) => {
      for (const [act, code] of stale) {
        const { app, pressAs, recorded } = await withButton(act);
        const noted: unknown[] = [];
        app.log.info = (facts) => noted.push(facts);

        expect(await pressAs(request)).toMatchObject({ kind: 'refused', code });
        expect(await recorded()).toEqual([]);
        expect(noted).toContainEqual(expect.objectContaining({ person: 'oncall', code }));
      }
    },
  );

  it('is refused while nobody says who is in the group, and the sentence says so', async () => {
    const { app, press, recorded } = await withButton();
    app.directory.groupsOf = async () => [];
    app.directory.unread = () => ['payments-oncall', 'of-another-thing'];

    expect(await press(here)).toMatchObject({
      code: 'run.not-in-group',
      message: expect.stringMatching(
        /^Only .*payments-oncall.* may approve this\. Who is in payments-oncall could not be asked just now; try again\.$/,
      ),
    });
    expect(await recorded()).toEqual([]);
  });

  it('is refused to whom the right was taken before the press', async () => {
    const { app, press, recorded } = await withButton();
    app.directory.groupsOf = async () => [];
    expect(await press(here)).toMatchObject({ code: 'run.not-in-group' });
    app.directory.person = async (id) => ({ id, name: id, active: false });
    expect(await press(here)).toMatchObject({ code: 'person.not-active' });
    expect(await recorded()).toEqual([]);
  });
});
