import { z } from 'zod';

import { storable } from '#domain/foreign-answer.ts';

/** What no database or no UTF-8 has, U+0000 and half a character, stands as U+FFFD: a source would not send again. */
export const Text = z
  .string()
  .max(64 * 1024)
  .overwrite(storable);
export const Texts = z.record(Text, Text);
/** In UTC. A year of more than four digits, which an offset can make, is none that we could record. */
export const Time = z.iso
  .datetime({ offset: true })
  .transform((time) => new Date(time).toISOString())
  .pipe(z.iso.datetime());

export type Understood<T> = { ok: true; value: T } | { ok: false; reason: string };

/** The body of a request as its source says it is; a reason names the first place that is wrong. */
export function understand<T>(schema: z.ZodType<T>, body: string): Understood<T> {
  const parsed = schema.safeParse(parseJson(body));
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? 'body' : issue.path.join('.');
  return { ok: false, reason: `${place.slice(0, 200)}: ${issue?.message ?? 'not understood'}` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
