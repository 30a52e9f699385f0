import { z } from 'zod';

import { canonicalJson } from '#domain/canonical-json.ts';
import type { Button } from '#ports/chat-messages.ts';

import { Act } from './acts.ts';
import type { App } from './app.ts';

/** A button that was drawn: what it asks for, and of which stream's messages it is. */
export const Control = z.object({ stream: z.string(), act: Act });
export type Control = z.infer<typeof Control>;

/** Buttons in the making; `save` must be done before a message with them is shown. */
export function drawButtons(app: App, stream: string) {
  const drawn = new Map<string, Control>();
  return {
    /** The same act of the same stream has the same id, so that redrawing changes nothing. */
    button({ act, label, style, confirm }: Draw): Button {
      const control = { stream, act };
      const id = app.sha256(canonicalJson(control)).slice(0, 20);
      drawn.set(id, control);
      return { control: id, label, style: style ?? null, confirm: confirm ?? null };
    },
    async save(known: Set<string>): Promise<void> {
      for (const [id, control] of drawn) {
        if (known.has(id)) continue;
        await app.store.setMark({ scope: 'control', key: id, value: control });
        known.add(id);
      }
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
