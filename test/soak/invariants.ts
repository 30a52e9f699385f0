import type { Act } from '#app/acts.ts';
import { Control } from '#app/controls.ts';
import { readEvent } from '#domain/stream/stored-event.ts';
import type { StreamEvent } from '#domain/stream/stream.ts';
import { countBy, ofType, twice, type Recorded } from '#test/simulation/invariants/record.ts';
import type { World } from '#test/support/world.ts';

import { type Ledger, type Press, refusalsIn, wasTold } from './people.ts';

/** What came to the world from the replicas: `late` where the sender had slept. */
export type Sent = { key: string; late: boolean };

export type Witness = {
  world: World;
  record: readonly Recorded[];
  /** Fingerprints. */
  alerts: readonly string[];
  ledger: Ledger;
  sent: readonly Sent[];
};

export async function readAll({ store }: Pick<World, 'store'>): Promise<Recorded[]> {
  const streams = await store.streams({ prefix: '', limit: 10_000 });
  const all = await Promise.all(
    streams.map(async (stream) => {
      const stored = await store.load(stream, 0);
      return stored.flatMap(({ position, recordedAt, event: read }) => {
        const event = readEvent(read);
        const atMs = Date.parse(recordedAt);
        return event === null ? [] : [{ stream, position, event, atMs }];
      });
    }),
  );
  return all.flat();
}

/** Each alert that was acknowledged is on record once; each note at most once. */
export function keptOnce({ record, alerts, ledger }: Witness): string[] {
  const recorded = ofType(record, 'AlertChanged').flatMap(({ event }) =>
    event.alerts.map(({ fingerprint }) => fingerprint),
  );
  const groups = ofType(record, 'IncidentDeclared').flatMap(
    ({ event }) => event.alert?.group ?? [],
  );
  const noted = countBy(ofType(record, 'NoteAdded').map(({ event }) => event.texts['note'] ?? ''));
  return [
    ...alerts.filter((one) => !recorded.includes(one)).map((one) => `alert ${one} is lost`),
    ...twice(recorded).map((one) => `alert ${one} is on record twice`),
    ...twice(groups).map((one) => `the group ${one} has two incidents`),
    ...ledger.notes.flatMap(({ text }) => {
      const times = noted.get(text) ?? 0;
      return times > 1 ? [`the note "${text}" is on record ${times} times`] : [];
    }),
  ];
}

/** Each note that was acknowledged is on record, or dan was told that it failed. */
export async function notesKept({ world, record, ledger }: Witness): Promise<string[]> {
  const noted = new Set(ofType(record, 'NoteAdded').map(({ event }) => event.texts['note']));
  const missing = ledger.notes.filter(({ text, acknowledged }) => acknowledged && !noted.has(text));
  const sight = await world.dan.see();
  return [...countBy(missing.map(({ channel }) => channel))].flatMap(([channel, count]) => {
    const told = refusalsIn(sight, channel);
    return count > told ? [`${count} notes in ${channel} are lost, of ${told} dan was told`] : [];
  });
}

/** What a press is on record as. */
const recordedAs: Partial<Record<Act['type'], readonly StreamEvent['type'][]>> = {
  Choose: ['Chosen'],
  MarkDone: ['MarkedDone'],
  Confirm: ['Confirmed', 'IncidentResolved', 'StepFinished'],
  Approve: ['Approved'],
  TakeCommand: ['RoleAssigned'],
};

/** These ask for more first, and nothing is recorded of that. */
const asksFirst: readonly Act['type'][] = ['Answer', 'ByHand', 'GoTo', 'Rerun', 'Skip', 'Stop'];

/**
 * Each press that was acknowledged is on record, or somebody else's of the same visit is, or whoever pressed
 * was told why not. Who came second has lost nothing; whether they were told so is not looked at here.
 */
export async function pressesKept({ world, record, ledger }: Witness): Promise<string[]> {
  const people = [world.ana, world.ben, world.cleo, world.dan];
  const sights = new Map(
    await Promise.all(people.map(async (one) => [one.id, await one.see()] as const)),
  );
  const lost: string[] = [];
  for (const press of ledger.presses.filter(({ acknowledged }) => acknowledged)) {
    const sight = sights.get(press.person);
    if (sight !== undefined && wasTold(sight, press)) continue;
    if (!(await isOnRecord(world, record, press))) {
      const at = new Date(press.at).toISOString();
      lost.push(`"${press.label}", pressed by ${press.person} at ${at}, is lost`);
    }
  }
  return lost;
}

async function isOnRecord(
  { store }: World,
  record: readonly Recorded[],
  { control, person }: Press,
): Promise<boolean> {
  const found = Control.safeParse(await store.mark('control', control)).data;
  if (found === undefined) return false;
  if (asksFirst.includes(found.act.type)) return true;
  const types = recordedAs[found.act.type];
  return record.some(
    ({ stream, event }) =>
      stream === found.stream &&
      (event.actor.id === person || 'visit' in found.act) &&
      (types?.includes(event.type) ?? true) &&
      fits(found.act, event),
  );
}

function fits(act: Act, event: StreamEvent): boolean {
  if (!('visit' in act) || !('visit' in event)) return true;
  return act.run === event.run && act.step === event.step && act.visit === event.visit;
}

/** What a visit of a step has once, whoever does it and however often it is begun. */
const onceForVisit: readonly StreamEvent['type'][] = [
  'StepEntered',
  'Chosen',
  'MarkedDone',
  'Confirmed',
  'StepFinished',
];

function placeOf({ run, step, visit }: { run: string; step: string; visit: number }): string {
  return `${run}/${step}/${visit}`;
}

export function doneOnce({ record }: Pick<Witness, 'record'>): string[] {
  const steps = record.flatMap(({ event }) => {
    if (!('visit' in event)) return [];
    const place = placeOf(event);
    if (onceForVisit.includes(event.type)) return [`${event.type} of ${place}`];
    if (event.type !== 'Measured') return [];
    return [`${event.path} of ${place}, sample ${event.sample}, attempt ${event.attempt}`];
  });
  return twice(steps).map((what) => `${what} is on record twice`);
}

/**
 * A rollback happens once for its key, nobody but a sleeper asks for it again unless its plan was
 * dropped, and the record says of each what became of it.
 */
export async function rolledBackOnce({ world, record, sent }: Witness): Promise<string[]> {
  const done = await world.rollbacks();
  const started = ofType(record, 'WriteStarted');
  const keys = new Set(started.map(({ event }) => event.key));
  const dropped = countBy(ofType(record, 'PlanDropped').map(({ event }) => placeOf(event)));
  const asked = countBy(sent.filter(({ late }) => !late).map(({ key }) => key));
  const succeeded = done.filter(({ status }) => status === 'succeeded').map(({ key }) => key);
  // Every runbook is proved at night.
  const rehearsed = new Set(
    ofType(record, 'RunStarted').flatMap(({ event: { run, mode } }) =>
      mode === 'dryRun' ? [run] : [],
    ),
  );
  const claimed = ofType(record, 'StepFinished').filter(
    ({ event }) =>
      event.step === 'rollback' &&
      event.outcome === 'succeeded' &&
      event.byHand !== true &&
      !rehearsed.has(event.run),
  );
  return [
    ...twice(done.map(({ key }) => key)).map((key) => `${key} was rolled back twice`),
    ...started.flatMap(({ event }) => {
      const times = asked.get(event.key) ?? 0;
      const plans = 1 + (dropped.get(placeOf(event)) ?? 0);
      return times > plans ? [`${event.key} was asked for ${times} times, by ${plans} plans`] : [];
    }),
    ...ofType(record, 'StepFinished').flatMap(({ event }) => {
      const wasDone = started.some(
        ({ event: one }) => placeOf(one) === placeOf(event) && succeeded.includes(one.key),
      );
      return wasDone && event.outcome !== 'succeeded'
        ? [`the rollback of ${placeOf(event)} was done, and is on record as ${event.outcome}`]
        : [];
    }),
    ...done
      .filter(({ key }) => !keys.has(key))
      .map(({ key }) => `the rollback ${key} is not on record`),
    ...claimed
      .filter(
        ({ event }) =>
          !started.some(
            ({ event: one }) => placeOf(one) === placeOf(event) && succeeded.includes(one.key),
          ),
      )
      .map(({ event }) => `the rollback of ${event.run} is on record and was never done`),
  ];
}
