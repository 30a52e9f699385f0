import type { Act } from '#app/acts.ts';
import { Control } from '#app/controls.ts';
import type { AlertNotification } from '#domain/alert.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { StreamEvent } from '#domain/stream/stream.ts';
import type { Payload } from '#test/simulation/world/deliveries.ts';
import type { World } from '#test/simulation/world/world.ts';

import { countBy, ofType, twice, type Recorded } from './record.ts';

/** Each alert that we said to have is on record, once in an incident; a group has one incident. */
export function alertsOnce({ alertmanager }: World, record: readonly Recorded[]): string[] {
  const changes = ofType(record, 'AlertChanged');
  const contents = new Set(changes.map(({ event }) => contentOf(event)));
  const acked = alertmanager.sent.filter(({ ackedAt }) => ackedAt !== null);
  const lost = acked.filter(
    ({ notification }) =>
      notification.status === 'firing' && !contents.has(contentOf(notification)),
  );
  const groups = ofType(record, 'IncidentDeclared').flatMap(({ event }) =>
    event.alert === null ? [] : [event.alert.group],
  );
  return [
    ...lost.map(({ notification }) => `an alert of ${notification.group} is not on record`),
    ...twice(changes.map(({ stream, event }) => `${stream} ${contentOf(event)}`)).map(
      (content) => `an alert is on record twice: ${content}`,
    ),
    ...twice(groups).map((group) => `${group} has two incidents`),
  ];
}

function contentOf({
  group,
  status,
  alerts,
}: Pick<AlertNotification, 'group' | 'status'> & {
  alerts: readonly Pick<
    AlertNotification['alerts'][number],
    'fingerprint' | 'status' | 'startsAt' | 'endsAt'
  >[];
}): string {
  return canonicalJson([
    group,
    status,
    alerts.map((one) => [one.fingerprint, one.status, one.startsAt, one.endsAt]),
  ]);
}

/** What somebody has filled in once has been done once: each title is typed once. */
export function formsOnce(_world: World, record: readonly Recorded[]): string[] {
  const titles = ofType(record, 'IncidentDeclared').flatMap(({ event }) =>
    event.actor.kind === 'person' ? [event.texts['title'] ?? ''] : [],
  );
  return twice(titles).map((title) => `${title} was declared twice`);
}

/** Each note that Slack was told to have arrived is on the timeline, once. */
export function notesOnce({ deliveries, slack }: World, record: readonly Recorded[]): string[] {
  const noted = countBy(ofType(record, 'NoteAdded').map(({ event }) => event.texts['note'] ?? ''));
  return deliveries.sent
    .filter(({ kind, ackedAt }) => kind === 'note' && ackedAt !== null)
    .flatMap(({ text, person, sentAt }) => {
      const times = noted.get(text ?? '') ?? 0;
      if (times > 1) return [`${text} is on record ${times} times`];
      const told = slack.told.some((one) => one.person === person && one.at >= sentAt);
      return times === 0 && !told ? [`${text} is lost, and nobody was told`] : [];
    });
}

/** What a press is on record as. */
const recordedAs: Readonly<Record<string, readonly StreamEvent['type'][]>> = {
  Begin: ['RunBegan'],
  Choose: ['Chosen'],
  MarkDone: ['MarkedDone'],
  Answer: ['Answered'],
  Approve: ['Approved'],
  Reject: ['Rejected'],
  BreakGlass: ['GlassBroken'],
};

/** What can be done once only, by whomever. */
const onceForVisit: readonly StreamEvent['type'][] = [
  'Chosen',
  'Answered',
  'MarkedDone',
  'Confirmed',
  'Rejected',
  'StepEntered',
  'StepFinished',
];

/** Each press that Slack was told to have arrived is on record, or the one who pressed was told why not. */
export function pressesOnce(world: World, record: readonly Recorded[]): string[] {
  const { deliveries, slack } = world;
  const lost = deliveries.sent
    .filter(({ kind, ackedAt }) => kind === 'press' && ackedAt !== null)
    .filter(({ person, sentAt, control, body }) => {
      const told = slack.told.some(
        ({ trigger, ...one }) =>
          one.person === person &&
          one.at >= sentAt &&
          (trigger === null || trigger === body['trigger_id']),
      );
      return !told && !isOnRecord(world, record, { person, control });
    });
  const visits = record.flatMap(({ event }) =>
    'visit' in event && onceForVisit.includes(event.type)
      ? [`${event.type} of ${event.run}/${event.step}/${event.visit}`]
      : [],
  );
  return [
    ...lost.map(({ person, control }) => `a press of ${person} is lost: ${control}`),
    ...twice(visits).map((what) => `${what} is on record twice`),
    ...unfinished(world),
  ];
}

function isOnRecord(
  { database }: World,
  record: readonly Recorded[],
  { person, control }: Pick<Payload, 'person' | 'control'>,
): boolean {
  const found = Control.safeParse(database.records.mark('control', control ?? '')).data;
  if (found === undefined) return false;
  const types = recordedAs[found.act.type];
  return record.some(
    ({ stream, event }) =>
      stream === found.stream &&
      event.actor.id === person &&
      (types === undefined || (types.includes(event.type) && fits(found.act, event))),
  );
}

function fits(act: Act, event: StreamEvent): boolean {
  if (!('visit' in act) || !('visit' in event)) return true;
  return act.run === event.run && act.step === event.step && act.visit === event.visit;
}

/** What Slack was told that we have is dealt with in the end. */
function unfinished({ database }: World): string[] {
  return [...database.inbox.values()]
    .filter((row) => database.isWanted(row))
    .map(({ key }) => `${key} was acknowledged and never dealt with`);
}
