import type { MachineActor, PersonActor } from '#domain/ids.ts';
import type { JsonObject } from '#domain/json.ts';
import type { Rejection } from '#domain/rejection.ts';
import type { Run } from '#domain/run/state.ts';
import { sealCopies, typedTexts } from '#domain/stream/copied-texts.ts';
import { decide, type Command } from '#domain/stream/decide.ts';
import { dueEffects, isOpen, type Effect } from '#domain/stream/effects.ts';
import { StoredEvent } from '#domain/stream/stored-event.ts';
import type { StreamEvent, Stream } from '#domain/stream/stream.ts';
import { wellFormedJson } from '#domain/well-formed-json.ts';
import type { Mark, NewJob } from '#ports/event-store.ts';
import { PortError } from '#ports/port-error.ts';

import type { App } from './app.ts';
import type { Permit } from './authorise.ts';
import { homesJobs } from './home/home-jobs.ts';
import { load, mustUnderstand } from './load.ts';
import { pictureJobs } from './picture-job.ts';

/** What people do has a permit; what follows by itself is done in a machine's name. */
export type MachineCommand = Command & { actor: MachineActor };
export type PersonCommand = Command & { actor: PersonActor };

export type Executed =
  | { kind: 'done'; stream: Stream; events: readonly StreamEvent[] }
  | { kind: 'rejected'; rejection: Rejection }
  /** A mark of the append was known: this has been done before. */
  | { kind: 'duplicate'; mark: Mark };

/** As much of the product as recording takes. */
export type Recording = Pick<App, 'store'> & { runbooks: Pick<App['runbooks'], 'settings'> };

type Decided = { rejection: Rejection } | { stream: Stream; events: readonly StreamEvent[] };

const mostConflicts = 20;

/** Records what a machine does. */
export async function execute(
  app: Recording,
  streamId: string,
  commands: (stream: Stream) => readonly MachineCommand[],
  marks: readonly Mark[] = [],
): Promise<Executed> {
  return record(app, streamId, (stream) => decideAll(app, stream, commands(stream)), marks);
}

/** Records what a person does, if their permit holds for the stream that it is decided on. */
export async function executeFor(
  app: App,
  permit: Permit,
  streamId: string,
  commands: (stream: Stream) => readonly PersonCommand[],
  marks: readonly Mark[] = [],
): Promise<Executed> {
  const decided = (stream: Stream): Decided => {
    const rejection = permit.whyNot(stream);
    if (rejection !== null) return { rejection };
    const decision = decideAll(app, stream, commands(stream));
    return 'rejection' in decision ? { rejection: permit.worded(decision.rejection) } : decision;
  };
  const executed = await record(app, streamId, decided, marks);
  if (executed.kind === 'rejected') {
    const { actor, action } = permit;
    const { code } = executed.rejection;
    app.log.info({ person: actor.id, action, stream: streamId, code }, 'an act was refused');
  }
  return executed;
}

/**
 * Load, decide, append: the one way in which anything is recorded. The commands are decided one
 * after the other and recorded together, with the jobs that their events make due, or not at all.
 * When somebody else was first, it is decided again on what they left.
 */
async function record(
  app: Recording,
  streamId: string,
  decideOn: (stream: Stream) => Decided,
  marks: readonly Mark[],
): Promise<Executed> {
  for (let tries = 0; tries < mostConflicts; tries += 1) {
    const loaded = await load(app, streamId);
    mustUnderstand(loaded);
    const { stream, position, events: before } = loaded;
    const decided = decideOn(stream);
    if ('rejection' in decided) return { kind: 'rejected', rejection: decided.rejection };
    if (decided.events.length === 0) return { kind: 'done', stream, events: [] };
    const typed = typedTexts([...before.map(({ event }) => event), ...decided.events]);

    const result = await app.store.append({
      stream: streamId,
      expected: position,
      events: decided.events.map((event) => sealCopies(strict(event), typed)),
      jobs: [...jobsAfter(stream, decided), ...homesJobs(decided.events)],
      marks,
      open: isOpen(decided.stream),
    });
    if (result.kind === 'appended') return { kind: 'done', ...decided };
    if (result.kind === 'duplicate') return { kind: 'duplicate', mark: result.mark };
  }
  throw new PortError('store.contended', `${streamId} changed under every try`, { retry: true });
}

function decideAll(app: Recording, stream: Stream, commands: readonly Command[]): Decided {
  let now = stream;
  const events: StreamEvent[] = [];
  for (const command of commands) {
    const decision = decide(command, now, app.runbooks.settings());
    if (!decision.accepted) return { rejection: decision.rejection };
    events.push(...decision.events);
    now = decision.stream;
  }
  return { stream: now, events };
}

/** What is due now and was not before, and that people are to be shown what has changed. */
function jobsAfter(
  before: Stream,
  { stream: after, events }: { stream: Stream; events: readonly StreamEvent[] },
): NewJob[] {
  const known = new Set(dueEffects(before).map((effect) => effect.id));
  const effects = dueEffects(after).filter((effect) => !known.has(effect.id));
  return [
    ...effects.map((effect) => effectJob(after, effect)),
    ...endedSince(before, after).map((run) => proofJob(after.id, run)),
    ...pictureJobs(before, after),
    ...lanesAfter(after, events).map((lane) => announceJob(after.id, lane)),
  ];
}

function endedSince(before: Stream, after: Stream): Run[] {
  return Object.values(after.runs).filter(
    ({ id, end }) => end !== null && (before.runs[id]?.end ?? null) === null,
  );
}

/** What a run says about its runbook is kept; see `keep-proof.ts`. One at a time for a runbook. */
function proofJob(stream: string, run: Run): NewJob {
  return {
    task: 'proof',
    payload: { stream, run: run.id },
    key: `proof:${run.id}`,
    queue: `proof:${run.document.runbook.id}`,
    priority: 5,
  };
}

const ofChat: ReadonlySet<Effect['type']> = new Set([
  'OpenChannel',
  'ArchiveChannel',
  'KeepPicture',
]);

export function effectJob(stream: Stream, effect: Effect): NewJob {
  const job: NewJob = {
    // Chat is the bot's alone: a terminal that works without it leaves such jobs in the queue.
    task: ofChat.has(effect.type) ? 'channel' : 'effect',
    payload: { stream: stream.id, effect: effect.id },
    key: `${stream.id}|${effect.id}`,
    ...('runAt' in effect && { runAt: effect.runAt }),
  };
  if (effect.type !== 'Write') return job;
  // One write at a time for a service and environment, over all incidents and replicas.
  return { ...job, queue: `write:${effect.service}/${effect.environment}`, priority: -10 };
}

/**
 * The lanes go side by side: what is pressed must not wait behind sentences to the channel, of which
 * Slack takes one a second, nor behind raw output.
 */
export const lanes = ['main', 'notice', 'thread'] as const;
export type Lane = (typeof lanes)[number];

/** How a run goes on is seen in its message: there is no sentence for the channel in it. */
const goesOn: ReadonlySet<StreamEvent['type']> = new Set([
  'StepEntered',
  'PositionSet',
  'Measured',
  'SeriesObserved',
  'PlanComputed',
  'PlanDropped',
  'ApprovalRequested',
  'Approved',
  'Confirmed',
  'Chosen',
  'WriteStarted',
  'WriteProgressed',
  'WriteFailed',
  'RunEnded',
]);

/** Most of what happens in an incident changes one lane; a check that has ended has evidence, too. */
function lanesAfter({ incident, runs }: Stream, events: readonly StreamEvent[]): readonly Lane[] {
  // By any of these, a run that the clock began may come to have a message; see `isShown`.
  const isHidden = incident === null && Object.values(runs).some(isByClock);
  const others = new Set(events.map(({ type }) => type).filter((type) => !goesOn.has(type)));
  const ends = others.delete('StepFinished');
  if (isHidden || others.size > 0) return lanes;
  return ends ? ['main', 'thread'] : ['main'];
}

function isByClock({ startedBy }: Run): boolean {
  return startedBy.kind === 'bot';
}

const lanePriority = { main: -5, notice: 0, thread: 5 } as const satisfies Record<Lane, number>;

export function announceJob(stream: string, lane: Lane, runAt?: string): NewJob {
  return {
    task: 'announce',
    payload: { stream, lane },
    key: `announce:${lane}:${stream}${runAt === undefined ? '' : ':later'}`,
    queue: `announce:${lane}:${stream}`,
    priority: lanePriority[lane],
    ...(runAt !== undefined && { runAt }),
  };
}

/**
 * Strict on write: an event that its schema does not know as it is would be our bug. Half a character,
 * wherever a stranger has put one, is none.
 */
function strict(event: StreamEvent): JsonObject {
  return JSON.parse(wellFormedJson(JSON.stringify(StoredEvent.parse(event))));
}
