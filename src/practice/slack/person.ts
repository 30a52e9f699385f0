import type { Act, ActResult } from './people/act.ts';
import type { Control, Field, SeenMessage, SeenModal, Sight } from './people/sight.ts';

export type { Control, Sight } from './people/sight.ts';
export type { ActResult } from './people/act.ts';

type MessagePlace = Pick<SeenMessage, 'channel' | 'ts'>;
type FieldValue = string | readonly string[] | null;

const CALL_MS = 10_000;

/**
 * A person at the practice workspace, who sees and presses only what Slack shows. An act that the
 * screen would refuse resolves with `ok: false`; only a broken connection rejects.
 */
export type Person = {
  readonly id: string;
  see(): Promise<Sight>;
  /** Resolves with the first result of `look` that is not empty (undefined, null, false). */
  until<Found>(
    look: (sight: Sight) => Found | Nothing,
    deadline: { withinMs: number; signal?: AbortSignal },
  ): Promise<Found>;
  /** Writes to a channel (id or name): a message, a mention, or a command. */
  type(channel: string, text: string, thread?: string): Promise<ActResult>;
  /** Posts a file, with something said to it. */
  upload(channel: string, name: string, bytes: Uint8Array, text: string): Promise<ActResult>;
  /** Presses a control that was seen; for a menu with the option's label or value. */
  press(control: Control, value?: FieldValue): Promise<ActResult>;
  /** Fills in and submits the open modal: by the fields' labels, options by theirs. */
  submit(values: Readonly<Record<string, FieldValue>>): Promise<ActResult>;
  closeModal(options?: { all: boolean }): Promise<ActResult>;
  react(message: MessagePlace, name: string): Promise<ActResult>;
  unreact(message: MessagePlace, name: string): Promise<ActResult>;
  edit(message: MessagePlace, text: string): Promise<ActResult>;
  remove(message: MessagePlace): Promise<ActResult>;
  /** Uses a shortcut of the app, on a message or from anywhere. */
  shortcut(callbackId: string, message?: MessagePlace): Promise<ActResult>;
  openHome(): Promise<ActResult>;
  join(channel: string): Promise<ActResult>;
};

export function createPerson(deps: { url: string; user: string }): Person {
  const base = new URL(`/people/${encodeURIComponent(deps.user)}/`, deps.url);

  async function see(signal?: AbortSignal): Promise<Sight> {
    const deadline = AbortSignal.timeout(CALL_MS);
    const response = await fetch(new URL('sight', base), {
      signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
    });
    if (!response.ok) throw new Error(`the workspace answered ${response.status} for ${deps.user}`);
    // The workspace's own answer to its own client.
    const sight: Sight = JSON.parse(await response.text());
    return sight;
  }

  async function act(what: Act): Promise<ActResult> {
    const response = await fetch(new URL('acts', base), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(what),
      signal: AbortSignal.timeout(CALL_MS),
    });
    const result: ActResult = JSON.parse(await response.text());
    return result;
  }

  async function* changesSince(id: number, signal: AbortSignal): AsyncGenerator<number> {
    const response = await fetch(new URL('stream', base), {
      headers: { 'last-event-id': String(id), accept: 'text/event-stream' },
      signal,
    });
    if (!response.ok || response.body === null) {
      throw new Error('the workspace has no stream for us');
    }
    let text = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const end = text.lastIndexOf('\n\n');
      if (end < 0) continue;
      const ids = [...text.slice(0, end).matchAll(/^id: ?(\d+)$/gm)].map((match) =>
        Number(match[1]),
      );
      text = text.slice(end + 2);
      const last = ids.at(-1);
      if (last !== undefined) yield last;
    }
  }

  async function until<Found>(
    look: (sight: Sight) => Found | Nothing,
    deadline: { withinMs: number; signal?: AbortSignal },
  ): Promise<Found> {
    const given = AbortSignal.timeout(deadline.withinMs);
    const finished = new AbortController();
    const signal = AbortSignal.any([
      given,
      finished.signal,
      ...(deadline.signal === undefined ? [] : [deadline.signal]),
    ]);
    try {
      for (;;) {
        let sight = await see(signal);
        const atOnce = look(sight);
        if (isSomething(atOnce)) return atOnce;
        for await (const changed of changesSince(sight.lastId, signal)) {
          if (changed <= sight.lastId) continue;
          sight = await see(signal);
          const found = look(sight);
          if (isSomething(found)) return found;
        }
        // The stream ended; look again and take it up where it broke.
        signal.throwIfAborted();
      }
    } catch (error) {
      if (!given.aborted) throw error;
      throw new Error(`${deps.user} did not see it within ${deadline.withinMs} ms`, {
        cause: error,
      });
    } finally {
      finished.abort();
    }
  }

  return {
    id: deps.user,
    see: () => see(),
    until,

    async type(channel, text, thread) {
      const id = channelId(await see(), channel);
      return act({ act: 'type', channel: id, text, thread: thread ?? null });
    },

    async upload(channel, name, bytes, text) {
      const id = channelId(await see(), channel);
      const data = Buffer.from(bytes).toString('base64');
      return act({ act: 'upload', channel: id, name, data, text });
    },

    press(control, value = null) {
      return act({
        act: 'press',
        channel: control.channel,
        ts: control.ts,
        view: control.view,
        blockId: control.blockId,
        actionId: control.actionId,
        value: optionValue(control.options, value),
      });
    },

    async submit(values) {
      const { modal } = await see();
      if (modal === null) return noModal();
      const given = Object.entries(values).map(([label, value]) => {
        const field = fieldOf(modal, label);
        return {
          blockId: field.blockId,
          actionId: field.actionId,
          value: optionValue(field.options, value),
        };
      });
      return act({ act: 'submit', view: modal.id, values: given });
    },

    async closeModal(options) {
      const { modal } = await see();
      if (modal === null) return noModal();
      return act({ act: 'close', view: modal.id, all: options?.all ?? false });
    },

    react: (message, name) => act({ act: 'react', channel: message.channel, ts: message.ts, name }),
    unreact: (message, name) =>
      act({ act: 'unreact', channel: message.channel, ts: message.ts, name }),
    edit: (message, text) => act({ act: 'edit', channel: message.channel, ts: message.ts, text }),
    remove: (message) => act({ act: 'delete', channel: message.channel, ts: message.ts }),
    shortcut: (callbackId, message) =>
      act({
        act: 'shortcut',
        callbackId,
        channel: message?.channel ?? null,
        ts: message?.ts ?? null,
      }),
    openHome: () => act({ act: 'home' }),
    join: (channel) => act({ act: 'join', channel }),
  };
}

/** Every control in the messages of a sight, newest message first, with its label. */
export function findControl(
  sight: Sight,
  wanted: { label: string | RegExp; channel?: string },
): Control | undefined {
  const place = wanted.channel === undefined ? null : channelId(sight, wanted.channel);
  return sight.channels
    .filter((channel) => place === null || channel.id === place)
    .flatMap((channel) => channel.messages)
    .toSorted((a, b) => Number(b.ts) - Number(a.ts))
    .flatMap((message) => message.controls)
    .find(({ label }) =>
      typeof wanted.label === 'string' ? label === wanted.label : wanted.label.test(label),
    );
}

type Nothing = undefined | null | false;

function isSomething<Found>(found: Found | Nothing): found is Found {
  return found !== undefined && found !== null && found !== false;
}

function channelId(sight: Sight, reference: string): string {
  const name = reference.replace(/^#/, '');
  return sight.channels.find((channel) => channel.name === name)?.id ?? reference;
}

function fieldOf(modal: SeenModal, label: string): Field {
  const field = modal.fields.find((one) => one.label === label || one.blockId === label);
  if (field === undefined) throw new Error(`the form "${modal.title}" has no field "${label}"`);
  return field;
}

/** People choose by what they read; a value that is no option's label is taken as it is. */
function optionValue(options: Control['options'], given: FieldValue): string | string[] | null {
  const valueOf = (label: string): string =>
    options.find((option) => option.label === label)?.value ?? label;
  if (given === null) return null;
  return typeof given === 'string' ? valueOf(given) : given.map(valueOf);
}

function noModal(): ActResult {
  return { ok: false, error: 'not_found', message: 'No modal is open.' };
}
