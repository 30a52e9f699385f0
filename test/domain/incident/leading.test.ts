import { describe, expect, test } from 'vitest';

import { dueEffects } from '#domain/stream/effects.ts';
import type { Stream } from '#domain/stream/stream.ts';
import { by, clock, give } from '#test/support/give.ts';

import { incidentCommands, incidentStates } from './incident-states.ts';

const { actor: ana } = by('ana');
const { actor: ben } = by('ben');
const { open, resolved, merged } = incidentStates;
const { AssignRole, PostUpdate, SetSeverity, Resolve, Reopen, SetMoment } = incidentCommands;

function dueOf({ incident }: Stream) {
  return incident?.nextUpdate;
}

describe('a role', () => {
  test('that somebody has goes over with what is open', () => {
    const { events } = give(open, AssignRole, { ...AssignRole, person: ben, note: 'All yours' });
    expect(events.at(-1)).toMatchObject({
      person: ben,
      handover: {
        from: ana,
        open: ['Nobody is scribe', 'The next update is due at 10:30 UTC'],
      },
      texts: { note: 'All yours' },
    });
  });

  test('is free again when it is given back', () => {
    const { stream, refused } = give(open, AssignRole, incidentCommands.GiveBackRole);
    expect(refused).toBeNull();
    expect(stream.incident?.roles).toEqual({});
  });
});

describe('an incident', () => {
  test('is followed once by each, until they no longer want to', () => {
    const { Follow, Unfollow } = incidentCommands;
    expect(give(open, Follow, Follow).refused).toBe('incident.follows');
    const { stream } = give(open, Follow, { ...Follow, actor: ben }, Unfollow);
    expect(stream.incident?.followers).toEqual(['ben']);
  });

  test('has whoever joined or was invited, and not those who have left', () => {
    const { Join, Leave, Invite } = incidentCommands;
    const { stream, events } = give(open, Join, Join, { ...Invite, people: [ana, ben] }, Leave);
    expect(stream.incident?.people).toEqual(['ben']);
    expect(events.map(({ type }) => type)).toEqual(['PersonJoined', 'PeopleInvited', 'PersonLeft']);
    expect(give(stream, { ...Invite, people: [ben] }).refused).toBe('incident.invited');
  });
});

describe('the next update', () => {
  test('is due by the pace of the severity, from the last one on', () => {
    expect(dueOf(open)).toBe(clock(30));
    expect(dueOf(give(open, { ...PostUpdate, at: clock(10) }).stream)).toBe(clock(40));
    expect(dueOf(give(open, { ...SetSeverity, at: clock(10) }).stream)).toBeNull();
    expect(dueOf(incidentStates.suggested)).toBeNull();
    expect(dueOf(give(incidentStates.suggested, incidentCommands.TakeSuggestion).stream)).toBe(
      clock(35),
    );
  });

  test('is asked for at its time, again after that, and never of what is over', () => {
    const { Remind } = incidentCommands;
    expect(dueEffects(open)).toContainEqual({
      type: 'Remind',
      id: `remind:${clock(30)}`,
      runAt: clock(30),
      due: clock(30),
    });
    const { stream } = give(open, Remind);
    expect(stream.incident).toMatchObject({
      nextUpdate: clock(60),
      reminders: [{ at: clock(30), answer: null }],
    });
    expect(give(stream, Remind).refused).toBe('incident.no-update-due');
    const over = give(stream, Resolve).stream;
    expect(over.incident?.reminders).toMatchObject([{ answer: { what: 'Resolved', by: ana } }]);
    expect(dueEffects(over).filter(({ type }) => type === 'Remind')).toEqual([]);
  });

  test('is put off by whom it suits first, or not asked for any more', () => {
    const { Remind, Snooze } = incidentCommands;
    const later = { ...Snooze, at: clock(31), minutes: 60 };
    const { stream } = give(open, Remind, later);
    expect(stream.incident).toMatchObject({
      nextUpdate: clock(91),
      reminders: [{ answer: { what: 'Put off to 11:31 UTC' } }],
    });
    expect(give(stream, later).refused).toBe('incident.reminder-answered');
    const stopped = give(open, Remind, { ...Snooze, minutes: null }).stream;
    expect(stopped.incident).toMatchObject({
      nextUpdate: null,
      reminders: [{ answer: { what: 'Stopped' } }],
    });
  });

  test('that was sent answers the reminder of it', () => {
    const { stream } = give(open, incidentCommands.Remind, { ...PostUpdate, at: clock(32) });
    expect(stream.incident?.reminders).toMatchObject([{ answer: { what: 'Update sent' } }]);
  });
});

describe('a moment of an incident', () => {
  test('is what a person says it was, and what it said before stays on record', () => {
    const { stream, events } = give(
      open,
      SetMoment,
      { ...SetMoment, from: clock(4), to: clock(3), reason: 'The graph says so' },
      { ...SetMoment, moment: 'started', from: clock(0), to: clock(-5) },
    );
    expect(stream.incident).toMatchObject({
      startedAt: clock(-5),
      moments: { mitigated: clock(3), started: clock(-5) },
    });
    expect(events[1]).toMatchObject({ from: clock(4), texts: { reason: 'The graph says so' } });
  });

  test.each([
    ['to come', { to: clock(6) }, 'incident.moment-to-come'],
    ['before the beginning', { to: clock(-1) }, 'incident.moment-order'],
    ['what it is', { from: clock(4), to: clock(4) }, 'incident.same-moment'],
    ['a resolution of what goes on', { moment: 'resolved' }, 'incident.not-resolved'],
    ['no beginning at all', { moment: 'started', to: null }, 'incident.moment-needed'],
  ] as const)('is never %s', (_what, change, code) => {
    expect(give(open, { ...SetMoment, ...change }).refused).toBe(code);
  });

  test('that was before the new beginning keeps it from being that', () => {
    const { refused } = give(open, SetMoment, {
      ...SetMoment,
      moment: 'started',
      from: clock(0),
      to: clock(4, 30),
    });
    expect(refused).toBe('incident.moment-order');
  });
});

describe('the channel of an incident', () => {
  const channel = incidentCommands.ReportChannel;
  const archived = give(open, channel, Resolve);

  test('is archived some days after the end, once', () => {
    expect(dueEffects(archived.stream)).toEqual([
      { type: 'ArchiveChannel', id: `archive:${clock(7 * 24 * 60 + 5)}`, runAt: clock(10_085) },
    ]);
    const { stream } = give(archived.stream, incidentCommands.ReportArchived);
    expect(dueEffects(stream)).toEqual([]);
    expect(give(stream, Reopen).refused).toBe('incident.archived');
  });

  test('is kept when the incident goes on before', () => {
    const { stream } = give(archived.stream, Reopen);
    expect(dueEffects(stream).map(({ type }) => type)).toEqual(['Remind']);
  });
});

describe('an incident that was merged', () => {
  test('passes on what it has until the other one knows', () => {
    expect(dueEffects(merged)).toEqual([{ type: 'PassOn', id: 'pass-on:inc-2' }]);
    expect(dueEffects(give(merged, incidentCommands.FinishMerge).stream)).toEqual([]);
  });

  test('is taken over once, with its alerts and people', () => {
    const { Absorb, ReportAlert } = incidentCommands;
    const other = { ...Absorb.other, alertGroups: { disk: 'firing' as const }, people: ['cleo'] };
    const both = give(open, { ...ReportAlert, status: 'resolved' }, { ...Absorb, other });
    expect(both.stream.incident).toMatchObject({
      people: ['cleo'],
      alert: { status: 'firing' },
      absorbed: [{ incident: 'inc-3', title: 'Checkout fails' }],
    });
    expect(give(both.stream, { ...Absorb, other }).events).toEqual([]);
  });

  test('is not merged into itself', () => {
    expect(give(open, { ...incidentCommands.Merge, into: 'inc' }).refused).toBe('incident.itself');
  });

  test('stops its runs, and takes no more orders', () => {
    expect(give(merged, AssignRole).refused).toBe('incident.merged');
    expect(give(resolved, AssignRole).refused).toBeNull();
  });
});
