import type { Stream } from '#domain/stream/stream.ts';

import { allowed, type Policed } from './allowed.ts';
import type { App } from './app.ts';
import { drawButtons, type KnownButtons } from './controls.ts';
import { drawingOf } from './drawing-of.ts';
import { load, type Loaded } from './load.ts';
import { formFor } from './press.ts';
import { personOf } from './read-models/drawing.ts';
import { runMessage } from './read-models/run-message.ts';
import { refused, rejectedReply } from './reply.ts';
import type { RunView } from './use-cases.ts';

const mostStreams = 500;

/** A run as chat shows it, for an entrance without chat: the same message, the same buttons. */
export function createViewRun(app: App): Policed['viewRun'] {
  const knownButtons: KnownButtons = new Map();
  return allowed(app, 'run.look', async ({ run: id }, permit) => {
    const found = await find(app, id);
    if (found === null) {
      return refused('run.unknown', `There is no run or incident ${JSON.stringify(id)} on record.`);
    }
    const { stream } = found;
    const rejection = permit.whyNot(stream);
    if (rejection !== null) return rejectedReply(rejection);
    const buttons = drawButtons(app, stream.id, knownButtons);
    const controls: Record<string, RunView['controls'][string]> = {};
    const drawing = drawingOf(app, found, {
      members: () => [],
      asked: () => [],
      picture: () => null,
      button: (asked) => {
        const button = buttons.button(asked);
        const { act } = asked;
        const run = 'run' in act ? stream.runs[act.run] : undefined;
        controls[button.control] = { act, form: formFor(run, act)?.form ?? null };
        return button;
      },
    });
    const messages = Object.values(stream.runs)
      .filter((run) => run.parent === null && (run.id === id || stream.id === id))
      .map((run) => runMessage(drawing, run));
    const message =
      messages.find(({ question }) => question !== null) ??
      messages.findLast(({ endedAt }) => endedAt === null) ??
      messages.at(-1);
    if (message === undefined) return refused('run.none', `No runbook runs in ${id}.`);
    await buttons.save();
    const { incident } = stream;
    return {
      kind: 'run',
      stream: stream.id,
      incident: incident && { id: incident.id, title: incident.title },
      message,
      controls,
      requester: requesterOf(stream, controls),
    };
  });
}

/** A run outside of an incident has a stream of its own name; the others are looked for, open ones first. */
async function find(app: App, id: string): Promise<Loaded | null> {
  const own = await load(app, id);
  if (own.events.length > 0) return own;
  if (!id.startsWith('run-')) return null;
  for (const open of [true, false]) {
    for (const stream of await app.store.streams({ prefix: 'inc-', open, limit: mostStreams })) {
      const loaded = await load(app, stream);
      if (loaded.stream.runs[id] !== undefined) return loaded;
    }
  }
  return null;
}

function requesterOf(stream: Stream, controls: RunView['controls']): RunView['requester'] {
  for (const { act } of Object.values(controls)) {
    if (act.type !== 'Approve') continue;
    const write = stream.runs[act.run]?.steps[act.step]?.write;
    if (write?.phase === 'approving') return personOf(write.request.requester);
  }
  return null;
}
