import { z } from 'zod';

import { canonicalJson } from '#domain/canonical-json.ts';
import type { Button } from '#ports/chat-messages.ts';

import { Act } from './acts.ts';
import type { App } from './app.ts';

/** A button that was drawn: what it asks for, and of which stream's messages it is. */
export const Control = z.object({ stream: z.string(), act: Act });
export type Control = z.infer<typeof Control>;

/** The ids of buttons that are kept, by what each stands for. */
export type KnownButtons = Map<string, string>;
const mostKnown = 10_000;

/** Buttons in the making; `save` must be done before a message with them is shown. */
export function drawButtons(app: App, stream: string, known: KnownButtons) {
  const drawn = new Map<string, { id: string; control: Control }>();
  return {
    /** The same act of the same stream has the same id, so that redrawing changes nothing. */
    button({ act, label, style, confirm }: Draw): Button {
      const control = { stream, act };
      const text = JSON.stringify(control);
      const id = known.get(text) ?? app.sha256(canonicalJson(control)).slice(0, 20);
      if (!known.has(text)) drawn.set(text, { id, control });
      return { control: id, label, style: style ?? null, confirm: confirm ?? null };
    },
    async save(): Promise<void> {
      const marks = [...drawn.values()].map(({ id, control }) => ({
        scope: 'control',
        key: id,
        value: control,
      }));
      await app.store.setMark(...marks);
      if (known.size >= mostKnown) known.clear();
      for (const [text, { id }] of drawn) known.set(text, id);
      drawn.clear();
    },
  };
}

type Draw = {
  act: Act;
  label: string;
  style?: Button['style'];
  confirm?: Button['confirm'];
};

export async function findControl(app: App, id: string): Promise<Control | null> {
  const found = await app.store.mark('control', id);
  return found === null ? null : Control.parse(found);
}
