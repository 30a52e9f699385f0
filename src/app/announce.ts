import { type JsonObject, textOf } from '#domain/json.ts';
import type { Stream } from '#domain/stream/stream.ts';
import type { Task } from '#ports/jobs.ts';
import { PortError } from '#ports/port-error.ts';

import type { App } from './app.ts';
import { withCatchUp } from './catch-up.ts';
import { giveUp, isClosed, noteOpen, openAll } from './closed-place.ts';
import { drawButtons, type KnownButtons } from './controls.ts';
import { drawingOf } from './drawing-of.ts';
import { announceJob, lanes } from './execute.ts';
import { keepChannel } from './keep-channel.ts';
import { load, type Loaded, mustUnderstand } from './load.ts';
import { membersOf } from './members-of.ts';
import { loadPictures } from './pictures.ts';
import { loadPosted, nothing, type Posted, savePosted } from './posted.ts';
import { agesAt } from './read-models/ages-at.ts';
import { askedAmong } from './read-models/approval-messages.ts';
import { type Desired, desiredMessages } from './read-models/desired.ts';
import { seeToPeople } from './see-to-people.ts';
import { forget, keep, type Showing } from './showing.ts';

/** So often a picture is waited for that chat has but does not show yet. */
const mostIncomplete = 10;
/** Progress is shown at most once in this time; what is pressed is shown at once. */
const progressEveryMs = 3_000;
const erasureTakesMs = 60_000;
/** So long after it the people, topic and bookmarks are seen to that could not be kept. */
const channelAfterMs = 10_000;
/** Chat may be back long before the queue has its next try of what has failed for an hour. */
const silentMs = 15_000;
/** Chat shows by then what was posted, if it was. */
const visibleMs = 60_000;
/** A place that is closed to us is tried again after this time, when there is something to show there. */
const closedForMs = 10 * 60_000;
/** A lane that has much to post gives way to others after this time, and goes on behind them. */
const turnMs = 4_000;

/**
 * Brings chat to what the record says: draws every message of a stream anew and posts or edits those
 * that differ from what stands there. It can run at any time, any number of times, and after a crash
 * it goes on where it was. One job of a lane runs at a time; messages come in the order of `desired`.
 */
export function announce(app: App): Task {
  const knownButtons: KnownButtons = new Map();
  return async (payload, signal) => {
    const stream = textOf(payload['stream']);
    const lane = lanes.find((one) => one === payload['lane']) ?? 'main';
    const loaded = await load(app, stream);
    mustUnderstand(loaded);
    const posted = await loadPosted(app, stream, lane);
    await heed(app, { stream, lane, posted }, payload);
    const desired = await drawAll(app, loaded, { lane, posted }, knownButtons);
    const answers = desired.some(({ slot, to }) => 'thread' in to && !isPosted(posted, slot));
    const threads = answers && lane !== 'main' ? await loadPosted(app, stream, 'main') : posted;
    const lookedAtUntil = lastErasure(loaded);
    const saved = Promise.resolve();
    const showing = { app, stream, lane, posted, threads, signal, lookedAtUntil, saved };

    // Whoever is to approve is asked beside the rest, of which Slack may take none for a while.
    const [asked, rest] = [desired.filter(isAsked), desired.filter((one) => !isAsked(one))];
    const ends = await bothEnded(
      showAll(showing, asked, loaded.stream),
      showAll(showing, rest, loaded.stream),
    );
    const failed = ends.find((end) => end.failed !== null)?.failed ?? null;
    const waits = ends.flatMap(({ againMs }) => (againMs === null ? [] : [againMs]));
    if (failed !== null) waits.push(silentMs);
    const isKept = lane !== 'main' || (await keepChannel(app, loaded, posted, signal));
    if (!isKept) waits.push(channelAfterMs);
    if (lane === 'main') await seeToPeople(app, loaded, posted, signal);
    const now = app.clock.now();
    const later = waits.length === 0 ? null : new Date(now.getTime() + Math.min(...waits));
    const runAt =
      later?.toISOString() ?? (lane === 'main' ? agesAt(loaded.stream, now.toISOString()) : null);
    if (runAt !== null) await app.jobs.enqueue(announceJob(stream, lane, runAt));
    if (failed !== null) throw failed;
  };
}

/** A failure of the one does not leave the other behind at work. */
async function bothEnded<T>(one: Promise<T>, other: Promise<T>): Promise<readonly T[]> {
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}

function isAsked({ message }: Desired): boolean {
  return message.kind === 'approval';
}

/** One after the other. `againMs`: after this time there is more to do. */
async function showAll(
  showing: Showing,
  desired: readonly Desired[],
  stream: Stream,
): Promise<{ againMs: number | null; failed: PortError | null }> {
  const { app, lane } = showing;
  const endsAt = app.clock.now().getTime() + turnMs;
  let againMs: number | null = null;
  let failed: PortError | null = null;
  for (const one of desired) {
    if (lane !== 'main' && app.clock.now().getTime() > endsAt) return { againMs: 0, failed };
    try {
      const wasClosed = isClosed(showing, one.slot);
      const end = await show(showing, one);
      if (end === 'later') againMs = progressEveryMs;
      if (end === 'unseen') againMs ??= silentMs;
      if (wasClosed && !isClosed(showing, one.slot)) await noteOpen(app, stream.id, one);
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      app.log.warn({ error, stream: stream.id, slot: one.slot }, 'a message could not be shown');
      if (error.retry) failed = error;
      else await giveUp(showing, one, stream, error);
    }
  }
  return { againMs, failed };
}

function isPosted({ messages }: Posted, slot: string): boolean {
  return messages[slot]?.ts != null;
}

/** A while after it was recorded, as it takes a moment; empty: never. */
function lastErasure({ events }: Loaded): string {
  const last = events.findLast(({ event }) => event.type === 'TextsRedacted');
  return last === undefined
    ? ''
    : new Date(Date.parse(last.event.at) + erasureTakesMs).toISOString();
}

async function drawAll(
  app: App,
  loaded: Loaded,
  { lane, posted }: Pick<Showing, 'lane' | 'posted'>,
  known: KnownButtons,
): Promise<readonly Desired[]> {
  const { stream } = loaded;
  const buttons = drawButtons(app, stream.id, known);
  const pictures = lane === 'main' ? await loadPictures(app, stream) : null;
  const drawing = drawingOf(app, loaded, {
    asked: (position) => askedAmong(Object.keys(posted.messages), position),
    members: await membersOf(app, loaded, lane),
    button: (asked) => buttons.button(asked),
    picture: ({ id }) => pictures?.get(id) ?? null,
  });
  const isAtHome = stream.incident?.channel != null;
  const place = isAtHome ? null : textOf(await app.store.mark('place', stream.id)) || null;
  const desired =
    lane === 'main'
      ? desiredMessages(drawing, lane, place)
      : await withCatchUp(app, drawing, place, { lane, posted });
  await buttons.save();
  return desired;
}

/** `unseen`: it may have got through, but chat does not show it yet. */
type End = 'shown' | 'same' | 'later' | 'unseen';

async function show(showing: Showing, desired: Desired): Promise<End> {
  const { app, posted, signal, lookedAtUntil } = showing;
  const { slot, message, pulse, once, pin, tells } = desired;
  const known = posted.messages[slot];
  if (known?.gone === true && ageOf(known, app) < closedForMs) return 'same';
  // An earlier try of a catch-up may have told less.
  const isTold = once && (tells === undefined || known?.digest !== '');
  if (known?.ts != null && isTold && known.at > lookedAtUntil) return 'same';
  if (known?.ts == null) return post(showing, desired, known !== undefined);

  const { channel, ts, incomplete } = known;
  const digest = digestOf(showing, desired);
  let isWhole = true;
  if (known.digest !== digest) {
    const urgent = known.pulse !== pulse;
    if (!urgent && ageOf(known, app) < progressEveryMs) return 'later';
    signal.throwIfAborted();
    try {
      const { complete } = await app.chat.update({ channel, ts, message, urgent });
      isWhole = complete || incomplete >= mostIncomplete;
    } catch (error) {
      if (isTurnMissing(error)) return 'later';
      if (!isDeleted(error, desired)) throw error;
      await forget(showing, slot);
      return post(showing, desired, false);
    }
    const at = app.clock.now().toISOString();
    const now = isWhole ? { digest, incomplete: 0 } : { digest: '', incomplete: incomplete + 1 };
    await keep(showing, slot, { ...known, ...now, pulse, at });
  } else if (!pin || known.pinned) return 'same';
  const isPinned = !pin || known.pinned || (await pinIt(showing, slot));
  return isWhole && isPinned ? 'shown' : 'later';
}

/** Somebody has deleted it. What is told elsewhere is theirs to delete; what people work with is not. */
function isDeleted(error: unknown, { slot }: Desired): boolean {
  const isGone = error instanceof PortError && error.code === 'message_not_found';
  return isGone && slot !== 'announcement' && slot !== 'suggestion';
}

/** What was heard of the messages that stand there; it is kept, whether or not it can be acted on now. */
async function heed(
  app: App,
  { stream, lane, posted }: Pick<Showing, 'stream' | 'lane' | 'posted'>,
  { deleted, edited, opened, left }: JsonObject,
): Promise<void> {
  if ([deleted, edited, opened, left].every((heard) => heard === undefined)) return;
  forgetDeleted(posted, textOf(deleted));
  drawAgain(posted, textOf(edited));
  if (opened === true) openAll(posted);
  // Somebody left: who is still there is looked at now.
  if (left !== undefined) posted.looked = '';
  await savePosted(app, stream, lane, posted);
}

function forgetDeleted({ messages }: Posted, ts: string): void {
  for (const [slot, message] of Object.entries(messages)) {
    if (ts !== '' && message.ts === ts) delete messages[slot];
  }
}

/** Whatever stands there now, it is not what we drew. */
function drawAgain({ messages }: Posted, ts: string): void {
  for (const message of Object.values(messages)) {
    if (ts !== '' && message.ts === ts) Object.assign(message, { digest: '', pulse: '' });
  }
}

function ageOf({ at }: Posted['messages'][string], { clock }: App): number {
  return clock.now().getTime() - Date.parse(at);
}

/** `again`: an earlier try may have got through, perhaps with what was true then. */
async function post(showing: Showing, desired: Desired, again: boolean): Promise<End> {
  const { app, stream, threads, signal } = showing;
  const { slot, message, pulse, onlyIfShown, tells = [] } = desired;
  const to = placeOf(desired, threads);
  if (to === 'never') return 'same';
  if (to === 'later') return 'later';
  const at = app.clock.now().toISOString();
  const channel = 'channel' in to && !to.channel.startsWith('#') ? to.channel : '';
  const base = { ...nothing, channel, at, tells };
  const key = app.sha256(`${stream}/${slot}`).slice(0, 32);
  if (onlyIfShown === true) return find(showing, desired, { ...base, to, key });
  await keep(showing, slot, base);
  signal.throwIfAborted();
  let sent: Awaited<ReturnType<App['chat']['post']>>;
  try {
    sent = await app.chat.post({ to, key, message, again });
  } catch (error) {
    if (!isTurnMissing(error)) throw error;
    // It never went out, so that there is nothing to look for.
    if (!again) await forget(showing, slot);
    return 'later';
  }
  const { complete, ...found } = sent;
  const digest = again || !complete ? '' : digestOf(showing, desired);
  await keep(showing, slot, { ...base, ...found, digest, pulse: again ? '' : pulse });
  if (again || desired.pin) return show(showing, desired);
  return complete ? 'shown' : 'later';
}

/** Whoever was to be asked while chat was away, and was not, is not told that it is over. */
async function find(
  showing: Showing,
  desired: Desired,
  { to, key, ...base }: Posted['messages'][string] & Pick<PostRequest, 'to' | 'key'>,
): Promise<End> {
  const { app, posted } = showing;
  const { slot } = desired;
  const known = posted.messages[slot];
  const found = await app.chat.find({ to, key });
  if (found !== null) {
    await keep(showing, slot, { ...base, ...found });
    return show(showing, desired);
  }
  if (known !== undefined && ageOf(known, app) < visibleMs) return 'unseen';
  await forget(showing, slot);
  return 'same';
}

/** Chat has done nothing, for it was not our turn. */
function isTurnMissing(error: unknown): boolean {
  return error instanceof PortError && error.code === 'ratelimited';
}

/** A message that can't be pinned is shown all the same. False: later. */
async function pinIt(showing: Showing, slot: string): Promise<boolean> {
  const { app, stream, posted, signal } = showing;
  const known = posted.messages[slot];
  if (known?.ts == null) return true;
  signal.throwIfAborted();
  try {
    await app.chat.pin({ channel: known.channel, ts: known.ts });
  } catch (error) {
    if (isTurnMissing(error)) return false;
    if (!(error instanceof PortError) || error.retry) throw error;
    app.log.warn({ error, stream, slot }, 'a message could not be pinned');
  }
  await keep(showing, slot, { ...known, pinned: true });
  return true;
}

function digestOf({ app }: Showing, { message }: Desired): string {
  return app.sha256(JSON.stringify(message));
}

type PostRequest = Parameters<App['chat']['post']>[0];

/** An answer waits for the message that it is to stand under; where that can't be, it never comes. */
function placeOf(
  { to }: Desired,
  threads: Posted,
): { channel: string; thread?: string } | { person: string } | 'later' | 'never' {
  if (!('thread' in to)) return to;
  const root = threads.messages[to.thread];
  if (root?.gone === true) return 'never';
  return root?.ts == null ? 'later' : { channel: root.channel, thread: root.ts };
}
