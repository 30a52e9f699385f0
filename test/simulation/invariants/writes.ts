import { objectOf, textOf } from '#domain/json.ts';
import type { ChatMessage } from '#ports/chat-messages.ts';
import { people } from '#test/simulation/world/directory.ts';
import { epochMs, type World } from '#test/simulation/world/world.ts';

import { ofType, twice, type EventOf, type Recorded } from './record.ts';

/** Clocks differ by this at most, and what somebody may do is looked up a moment before it is recorded. */
const toleranceMs = 10_000;
const planLivesMs = 15 * 60_000;
const approvers = ['payments-oncall', 'incident-commanders'];

const requiredBy: Readonly<Record<string, number>> = { 'two-people': 2, 'two-people-alone': 2 };

export function writtenOnce({ platform, hooks }: World): string[] {
  return [
    ...twice(platform.begun.map(({ key }) => visitOf(key))).map((one) => `${one} was done twice`),
    ...twice(hooks.done.map(visitOf)).map((one) => `${one} was sent twice`),
    ...platform.overlaps.map((key) => `${key} began while another rollback was under way`),
  ];
}

/** An attempt begins when the one before may send no more, by the record and not by whoever looks. */
export function attemptsApart({ weather }: World, record: readonly Recorded[]): string[] {
  const begun = ofType(record, 'WriteStarted').map(({ event }) => event);
  return begun.flatMap(({ key, attempt, at }) => {
    const before = begun.find((one) => one.key === key && one.attempt === attempt - 1);
    const sendBy = Date.parse(before?.sendBy ?? at) - 2 * weather.skewMs;
    return Date.parse(at) < sendBy ? [`${key} was begun again while it could still be sent`] : [];
  });
}

/** A key begins with the visit that it is for. */
function visitOf(key: string): string {
  return key.split('/').slice(0, 3).join('/');
}

/** What the record says of a write is what became of it; where that can't be known, it says so. */
export function toldAsItWas({ platform, hooks }: World, record: readonly Recorded[]): string[] {
  const done = new Set([...platform.succeeded(), ...hooks.done].map(visitOf));
  // A request that was on its way for longer than anybody waits is nobody's lie.
  const begunLater = (key: string, atMs: number) =>
    platform.begun.some((one) => visitOf(one.key) === key && one.at > atMs);
  const live = new Set(
    ofType(record, 'RunStarted').flatMap(({ event }) =>
      event.mode === 'dryRun' ? [] : [event.run],
    ),
  );
  return ofType(record, 'StepFinished').flatMap(({ event, atMs }) => {
    const { run, step, visit, outcome, byHand = false } = event;
    const key = `${run}/${step}/${visit}`;
    if (!live.has(run) || (step !== 'rollback' && step !== 'restart')) return [];
    if (outcome === 'succeeded' && !byHand && !done.has(key)) return [`${key} was never done`];
    const lied = outcome === 'failed' && done.has(key) && !begunLater(key, atMs);
    return lied ? [`${key} is said to have failed`] : [];
  });
}

/** Nothing is done in the world that the record does not say was begun. */
export function writtenOnRecord({ platform, hooks }: World, record: readonly Recorded[]): string[] {
  const begun = new Set(ofType(record, 'WriteStarted').map(({ event }) => event.key));
  const done = [...platform.begun.map(({ key }) => key), ...hooks.done];
  return done.filter((key) => !begun.has(key)).map((key) => `${key} is not on record`);
}

/** What was begun is what was approved: by enough others than who asked, or by an announced break-glass. */
export function approvedByOthers(world: World, record: readonly Recorded[]): string[] {
  return ofType(record, 'WriteStarted')
    .filter(({ event }) => event.attempt === 1)
    .flatMap((started) => {
      const problem = whatIsWrong(world, record, started);
      return problem === null ? [] : [`${started.event.key}: ${problem}`];
    });
}

function whatIsWrong(
  world: World,
  record: readonly Recorded[],
  { stream, position, event }: Recorded & { event: EventOf<'WriteStarted'> },
): string | null {
  const before = record.filter((one) => one.stream === stream && one.position < position);
  const ofVisit = before.flatMap((one) =>
    'visit' in one.event &&
    one.event.run === event.run &&
    one.event.step === event.step &&
    one.event.visit === event.visit
      ? [one.event]
      : [],
  );
  const asked = ofVisit.findLast((one) => one.type === 'ApprovalRequested');
  const planned = ofVisit.findLast((one) => one.type === 'PlanComputed');
  if (asked === undefined || planned?.plan.kind !== 'plan') return 'nobody was asked';
  const since = ofVisit.slice(ofVisit.indexOf(asked));
  if (since.some(({ type }) => type === 'PlanDropped')) return 'its plan was dropped';
  if (asked.hash !== planned.plan.hash) return 'another plan was approved';
  if (Date.parse(event.at) > Date.parse(planned.expiresAt)) return 'its plan had expired';
  const broken = since.find((one) => one.type === 'GlassBroken');
  if (broken !== undefined) return brokenWell(world, broken);
  const runbook = ofType(before, 'RunStarted').find((one) => one.event.run === event.run);
  const required = requiredBy[runbook?.event.document.runbook.id ?? ''] ?? 1;
  const approvals = since.filter((one) => one.type === 'Approved' && one.hash === asked.hash);
  const others = new Set(approvals.map(({ actor }) => actor.id));
  others.delete(asked.requester.id);
  const rightful = [...others].filter((id) => {
    const at = approvals.find(({ actor }) => actor.id === id)?.at ?? event.at;
    return isIn(world, id, approvers, at);
  });
  if (rightful.length >= required) return null;
  return `${rightful.length} of ${required} others have approved it`;
}

function isIn(world: World, person: string, groups: readonly string[], at: string): boolean {
  const moment = Date.parse(at) - epochMs - toleranceMs;
  return groups.some((group) => world.directory.wasIn(person, group, moment));
}

/** Each rollback goes from where to where some approved plan of its visit went. */
export function doneAsApproved({ platform }: World, record: readonly Recorded[]): string[] {
  const plans = ofType(record, 'PlanComputed').flatMap(({ event }) => {
    if (event.plan.kind !== 'plan') return [];
    const [from, to] = [event.plan.plan['from'], event.plan.plan['to']].map(objectOf);
    const key = `${event.run}/${event.step}/${event.visit}`;
    return [`${key} ${textOf(from?.['id'])} ${textOf(to?.['id'])}`];
  });
  return platform.begun
    .map(({ key, from, to }) => `${visitOf(key)} ${from} ${to}`)
    .filter((begun) => !plans.includes(begun))
    .map((begun) => `nobody was shown this: ${begun}`);
}

function brokenWell(world: World, { actor, texts, at }: EventOf<'GlassBroken'>): string | null {
  const reason = texts['reason'] ?? '';
  if (reason === '') return 'the glass was broken without a reason';
  const may = people.find(({ id }) => id === actor.id)?.groups ?? [];
  if (!approvers.some((group) => may.includes(group))) {
    return `${actor.name} may not break the glass`;
  }
  const told = world.slack.messages.flatMap(({ versions }) => versions);
  const said = told.find((one) => saysReason(one, reason));
  if (said === undefined || !('mention' in said)) return 'the broken glass was not announced';
  // Who is in a group that can't be read is not known, and the announcement does not wait.
  const { loses, losesAnswers, slows } = world.weather.directory;
  const isTold = said.mention.some((id) => id !== actor.id && isIn(world, id, approvers, at));
  if (isTold || loses + losesAnswers + slows > 0) return null;
  return 'nobody who should have approved was told of the broken glass';
}

function saysReason(message: ChatMessage, reason: string): boolean {
  if (message.kind === 'notice') return message.text.includes(reason);
  return message.kind === 'catch-up' && message.lines.some(({ text }) => text.includes(reason));
}

/** A plan that nobody has answered is made anew after a quarter of an hour. */
export function plansExpire(_world: World, record: readonly Recorded[]): string[] {
  return ofType(record, 'ApprovalRequested').flatMap(({ stream, position, event }) => {
    const next = record.find(
      (one) =>
        one.stream === stream &&
        one.position > position &&
        'visit' in one.event &&
        one.event.run === event.run &&
        one.event.step === event.step,
    );
    const stoodMs = Date.parse(next?.event.at ?? event.at) - Date.parse(event.at);
    return stoodMs < planLivesMs + toleranceMs ? [] : [`a plan stood for ${stoodMs} ms`];
  });
}

/** Who may do nothing has done nothing. */
export function doneByThoseWhoMay(_world: World, record: readonly Recorded[]): string[] {
  return record.flatMap(({ event }) => {
    const { name } = event.actor;
    const decides = ['Approved', 'Rejected', 'GlassBroken'].includes(event.type);
    if (name === 'gus') return [`gus is a guest, and is on record: ${event.type}`];
    return name === 'dan' && decides
      ? [`dan belongs to no group, and is on record: ${event.type}`]
      : [];
  });
}
