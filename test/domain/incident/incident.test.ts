import { describe, expect, test } from 'vitest';

import { IncidentEvent } from '#domain/incident/events.ts';
import { redacted } from '#domain/incident/evolve.ts';
import { dueEffects, isOpen } from '#domain/stream/effects.ts';
import { StoredEvent } from '#domain/stream/stored-event.ts';
import { evolve } from '#domain/stream/stream.ts';
import { by, clock, give } from '#test/support/give.ts';

import { incidentCommands, incidentStates } from './incident-states.ts';

const { actor } = by('ben', clock(6));
const common = { at: clock(6), actor };
const { open, suggested, resolved, none } = incidentStates;

const edit = (edited: string, text: string) => ({ ...incidentCommands.ChangeNote, edited, text });

describe('an incident', () => {
  test('that is only suggested has no channel until a person declares it', () => {
    expect(dueEffects(suggested)).toEqual([]);
    const { stream } = give(suggested, incidentCommands.TakeSuggestion);
    expect(stream.incident).toMatchObject({ status: 'open', declaredBy: { id: 'ana' } });
    expect(dueEffects(stream)).toContainEqual({ type: 'OpenChannel', id: 'open-channel' });
  });

  test('asks for its channel until it has one, and keeps the first', () => {
    const { stream } = give(open, incidentCommands.ReportChannel);
    expect(dueEffects(stream).map(({ type }) => type)).toEqual(['Remind']);
    expect(give(stream, incidentCommands.ReportChannel).refused).toBe('incident.has-channel');
  });

  test('is told to the second of two who resolve it as what it is', () => {
    expect(give(resolved, { ...common, type: 'Resolve', cause: '', followUps: [] }).refused).toBe(
      'incident.already-resolved',
    );
  });

  test('has each message on the timeline once, until it is taken off', () => {
    const source = { permalink: null, message: '1.1', author: actor };
    const add = { ...incidentCommands.AddNote, source };
    const { ChangeNote, WithdrawNote } = incidentCommands;

    expect(give(open, add, add).refused).toBe('incident.noted');
    const { stream, refused } = give(open, add, WithdrawNote, add, ChangeNote);
    expect(refused).toBeNull();
    expect(stream.incident?.notes).toMatchObject({ '1.1': { text: ChangeNote.text } });
  });

  test('keeps the newest of a message’s edits, in whatever order they are told', () => {
    const source = { permalink: null, message: '1.1', author: actor, edited: '5.0' };
    const add = { ...incidentCommands.AddNote, source, text: 'fifth' };

    const changes = [edit('7.0', 'seventh'), edit('6.0', 'sixth'), edit('4.0', 'fourth')];
    expect(give(open, add, ...changes).stream.incident?.notes).toMatchObject({
      '1.1': { text: 'seventh' },
    });
    expect(give(open, add, edit('4.0', 'fourth')).events).toHaveLength(1);

    const back = [edit('7.0', 'fifth'), edit('6.0', 'sixth')];
    expect(give(open, add, ...back).stream.incident?.notes).toMatchObject({
      '1.1': { text: 'fifth' },
    });
  });

  test('does not note that a message says what it said', () => {
    const source = { permalink: null, message: '1.1', author: actor };
    const { AddNote, ChangeNote } = incidentCommands;

    const { events } = give(
      open,
      { ...AddNote, source, text: 'as it was' },
      ChangeNote,
      ChangeNote,
    );

    expect(events.map(({ type }) => type)).toEqual(['NoteAdded', 'NoteChanged']);
  });

  test('that is reopened goes on, and can be resolved again', () => {
    const { stream, refused } = give(resolved, incidentCommands.Reopen, incidentCommands.Resolve);
    expect(refused).toBeNull();
    expect(stream.incident?.status).toBe('resolved');
  });

  test.each([
    [{ ...common, type: 'SetSeverity', severity: 'SEV9' }, 'incident.unknown-severity'],
    [{ ...common, type: 'SetSeverity', severity: 'SEV1' }, 'incident.same-severity'],
    [{ ...common, type: 'AssignRole', role: 'king', person: actor }, 'incident.unknown-role'],
    [{ ...incidentCommands.Declare, severity: 'SEV9' }, 'incident.exists'],
  ] as const)('refuses %j with %s', (command, code) => {
    expect(give(open, command).refused).toBe(code);
  });

  test('needs a severity of the settings', () => {
    const declare = { ...incidentCommands.Declare, severity: 'SEV9' };
    expect(give(none, declare).refused).toBe('incident.unknown-severity');
  });

  test('refuses a role for who has it, and takes somebody else', () => {
    const { AssignRole } = incidentCommands;
    expect(give(open, AssignRole, AssignRole).refused).toBe('incident.same-role');
    const { stream } = give(open, AssignRole, { ...AssignRole, person: actor });
    expect(stream.incident?.roles).toEqual({ commander: actor });
  });

  test('says once what went wrong outside of its record', () => {
    const { events } = give(open, incidentCommands.NoteProblem, incidentCommands.NoteProblem);
    expect(events).toHaveLength(1);
  });

  test('never closes because an alert resolved', () => {
    const { stream } = give(open, { ...incidentCommands.ReportAlert, status: 'resolved' });
    expect(stream.incident).toMatchObject({ status: 'open', alert: { status: 'resolved' } });
  });

  test.each([
    ['none', false],
    ['suggested', true],
    ['dismissed', false],
    ['open', true],
    ['resolved', false],
  ] as const)('that is %s is open: %s', (status, isSo) => {
    expect(isOpen(incidentStates[status])).toBe(isSo);
  });
});

describe('an event of an incident', () => {
  const { Declare, TakeSuggestion, DismissSuggestion, Merge, Remind, Snooze, ...others } =
    incidentCommands;
  const source = { permalink: null, message: '1.1', author: actor };
  const { ExportPostMortem: _asked, ReportExport: _told, FinishMerge, Reopen, ...plain } = others;
  const { Resolve, ReportArchived, ReportPicture, Absorb, AddNote, Leave, ...rest } = plain;
  const picture = { name: 'a.png', type: 'image/png', url: 'u', source: 's' };
  const all = [
    ...give(none, Declare).events,
    ...give(open, { ...AddNote, source, text: 'as it was' }, ...Object.values(rest)).events,
    ...give(open, rest.Join, Leave, Absorb, Remind, Snooze, Resolve, Reopen).events,
    ...give(open, { ...AddNote, source: { ...source, files: [picture] } }, ReportPicture).events,
    ...give(open, Resolve, ReportArchived).events,
    ...give(open, Merge, FinishMerge).events,
    ...give(suggested, TakeSuggestion).events,
    ...give(suggested, DismissSuggestion).events,
  ];

  test('is just as its schema says', () => {
    // Those of the export have a test of their own.
    const known = IncidentEvent.options.map(({ shape }) => shape.type.value);
    const given = known.filter((type) => !type.startsWith('PostMortem'));
    expect(all.map(({ type }) => type)).toEqual(expect.arrayContaining(given));
    for (const event of all) expect(StoredEvent.parse(event)).toEqual(event);
  });

  test('reads as redacted where its text was erased', () => {
    const erased = all.map((event) =>
      'texts' in event && event.texts
        ? {
            ...event,
            texts: Object.fromEntries(Object.keys(event.texts).map((key) => [key, null])),
          }
        : event,
    );
    const stream = erased.reduce(evolve, none);
    expect(stream.incident).toMatchObject({ title: redacted, update: { text: redacted } });
  });
});
