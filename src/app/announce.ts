import { textOf } from '#domain/json.ts';
import type { Stream } from '#domain/stream/stream.ts';
import type { Task } from '#ports/jobs.ts';
import { PortError } from '#ports/port-error.ts';

import type { App } from './app.ts';
import { drawButtons } from './controls.ts';
import { drawingOf } from './drawing-of.ts';
import { announceJob, type Lane, lanes } from './execute.ts';
import { load, type Loaded } from './load.ts';
import { loadPosted, savePosted, type Posted } from './posted.ts';
import { agesAt } from './read-models/ages-at.ts';
import { type Desired, desiredMessages } from './read-models/desired.ts';

/** Progress is shown at most once in this time; what is pressed is shown at once. */
const progressEveryMs = 3_000;

/**
 * Brings chat to what the record says: draws every message of a stream anew and posts or edits those
 * that differ from what stands there. It can run at any time, any number of times, and after a crash
 * it goes on where it was. One job of a lane runs at a time; messages come in the order of `desired`.
 */
export function announce(app: App): Task {
  const knownControls = new Set<string>();
  return async (payload, signal) => {
    const id = textOf(payload['stream']);
    const lane = lanes.find((one) => one === payload['lane']) ?? 'main';
    const loaded = await load(app, id);
    const posted = await loadPosted(app, id, lane);
    const threads = lane === 'thread' ? await loadPosted(app, id, 'main') : posted;
    const { desired, save } = await drawAll(app, loaded, lane);
    await save(knownControls);

    let later = false;
    let failed: PortError | null = null;
    for (const one of desired) {
      signal.throwIfAborted();
      try {
        const shown = await show(app, id, lane, one, posted, threads);
        later ||= shown === 'later';
      } catch (error) {
        if (!(error instanceof PortError)) throw error;
        app.log.warn({ error, stream: id, slot: one.slot }, 'a message could not be shown');
        if (error.retry) failed = error;
        else await giveUp(app, id, lane, one, posted);
      }
    }
    if (lane === 'main') await keepChannel(app, loaded.stream, posted);
    const now = app.clock.now();
    const runAt = later
      ? new Date(now.getTime() + progressEveryMs).toISOString()
      : lane === 'main'
        ? agesAt(loaded.stream, now.toISOString())
        : null;
    if (runAt !== null) await app.jobs.enqueue(announceJob(id, lane, runAt));
    if (failed !== null) throw failed;
  };
}

async function drawAll(app: App, loaded: Loaded, lane: Lane) {
  const { stream, events } = loaded;
  const groups = new Map<string, readonly string[]>();
  for (const { event } of events) {
    const asked =
      event.type === 'ApprovalRequested'
        ? event.groups
        : event.type === 'Escalated'
          ? [event.tell]
          : event.type === 'Told'
            ? event.to
            : [];
    for (const group of asked) {
      if (!groups.has(group)) groups.set(group, await app.directory.members(group));
    }
  }
  const buttons = drawButtons(app, stream.id);
  const drawing = drawingOf(app, loaded, {
    members: (group) => groups.get(group) ?? [],
    button: (asked) => buttons.button(asked),
  });
  const place = textOf(await app.store.mark('place', stream.id)) || null;
  return {
    desired: desiredMessages(drawing, lane, place),
    save: (known: Set<string>) => buttons.save(known),
  };
}

async function show(
  app: App,
  stream: string,
  lane: Lane,
  desired: Desired,
  posted: Posted,
  threads: Posted,
): Promise<'shown' | 'same' | 'later'> {
  const { slot, message, pulse } = desired;
  const digest = app.sha256(JSON.stringify(message));
  const known = posted.messages[slot];
  const at = app.clock.now().toISOString();
  if (known?.gone === true || (known?.ts != null && (desired.once || known.digest === digest))) {
    return 'same';
  }

  if (known?.ts == null) {
    const to = placeOf(desired, threads);
    if (to === null) return 'later';
    const base = { channel: '', ts: null, digest: '', pulse, at, pinned: false, gone: false };
    posted.messages[slot] = base;
    await savePosted(app, stream, lane, posted);
    const key = app.sha256(`${stream}/${slot}`).slice(0, 32);
    const found = await app.chat.post({ to, key, message, again: known !== undefined });
    posted.messages[slot] = { ...base, ...found, digest };
    await savePosted(app, stream, lane, posted);
    if (desired.pin) {
      await app.chat.pin(found);
      posted.messages[slot] = { ...base, ...found, digest, pinned: true };
      await savePosted(app, stream, lane, posted);
    }
    return 'shown';
  }

  const urgent = known.pulse !== pulse;
  const sinceMs = Date.parse(at) - Date.parse(known.at);
  if (!urgent && sinceMs < progressEveryMs) return 'later';
  const { channel, ts } = known;
  try {
    await app.chat.update({ channel, ts, message, urgent });
  } catch (error) {
    if (!urgent && error instanceof PortError && error.code === 'ratelimited') return 'later';
    throw error;
  }
  posted.messages[slot] = { ...known, digest, pulse, at: app.clock.now().toISOString() };
  await savePosted(app, stream, lane, posted);
  return 'shown';
}

function placeOf(
  { to }: Desired,
  threads: Posted,
): { channel: string; thread?: string } | { person: string } | null {
  if (!('thread' in to)) return to;
  const root = threads.messages[to.thread];
  return root?.ts == null ? null : { channel: root.channel, thread: root.ts };
}

/** A place that is closed to us: said once in the log, and the incident goes on without it. */
async function giveUp(
  app: App,
  stream: string,
  lane: Lane,
  { slot, pulse }: Desired,
  posted: Posted,
): Promise<void> {
  const at = app.clock.now().toISOString();
  const known = posted.messages[slot];
  posted.messages[slot] = {
    channel: known?.channel ?? '',
    ts: known?.ts ?? null,
    digest: '',
    pulse,
    at,
    pinned: false,
    gone: true,
  };
  await savePosted(app, stream, lane, posted);
}

/** Topic and members of the incident's channel. */
async function keepChannel(app: App, stream: Stream, posted: Posted): Promise<void> {
  const { incident } = stream;
  if (incident?.channel == null) return;
  const commander = incident.roles['commander']?.name ?? 'no commander';
  const topic = `${incident.severity} · ${incident.status} · ${commander}`;
  const { service } = incident;
  const owner = service === null ? undefined : app.runbooks.settings().services[service]?.owner;
  const team = owner === undefined ? [] : await app.directory.members(owner);
  const people = [
    ...(incident.declaredBy.kind === 'person' ? [incident.declaredBy.id] : []),
    ...Object.values(incident.roles).map((person) => person.id),
    ...team,
  ].filter((person, index, all) => all.indexOf(person) === index);
  const missing = people.filter((person) => !posted.invited.includes(person));
  try {
    if (missing.length > 0) {
      await app.chat.invite(incident.channel.id, missing);
      posted.invited.push(...missing);
      await savePosted(app, stream.id, 'main', posted);
    }
    if (topic !== posted.topic) {
      await app.chat.setTopic(incident.channel.id, topic);
      posted.topic = topic;
      await savePosted(app, stream.id, 'main', posted);
    }
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    app.log.warn({ error, stream: stream.id }, 'the channel could not be kept');
  }
}
