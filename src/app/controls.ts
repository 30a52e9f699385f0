import { z } from 'zod';

import { canonicalJson } from '#domain/canonical-json.ts';
import type { Button } from '#ports/chat-messages.ts';

import { Act } from './acts.ts';
import type { App } from './app.ts';

/** A button that was drawn: what it asks for, and in which message. */
export const Control = z.object({ stream: z.string(), slot: z.string(), act: Act });
export type Control = z.infer<typeof Control>;

/** Buttons of one message in the making; `save` must be done before the message is shown. */
export function drawButtons(app: App, stream: string) {
  const drawn = new Map<string, Control>();
  return {
    /** The same act in the same message has the same id, so that redrawing changes nothing. */
    button: (slot: () => string): ((draw: { act: Act; label: string; style?: Button['style']; confirm?: Button['confirm'] }) => Button) =>
      ({ act, label, style, confirm }) => {
        const control = { stream, slot: slot(), act };
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

export async function findControl(app: App, id: string): Promise<Control | null> {
  const found = await app.store.mark('control', id);
  return found === null ? null : Control.parse(found);
}
