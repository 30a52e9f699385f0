import { z } from 'zod';

/** U+0000 can't be stored everywhere, and no alert has it; a lone surrogate has no UTF-8. */
export const Text = z
  .string()
  .max(64 * 1024)
  .refine((text) => !text.includes('\0') && text.isWellFormed(), 'not a plain text');
export const Texts = z.record(Text, Text);
export const Time = z.iso.datetime({ offset: true });

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
