import type { Context } from 'hono';
import type { z } from 'zod';

/** The JSON body, or a sentence on what is wrong with it. */
export async function readBody<Schema extends z.ZodType>(
  context: Context,
  schema: Schema,
): Promise<{ ok: true; data: z.infer<Schema> } | { ok: false; message: string }> {
  let json: unknown;
  try {
    json = await context.req.json();
  } catch {
    return { ok: false, message: 'the body is not JSON' };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, data: parsed.data };

  const issue = parsed.error.issues[0];
  return { ok: false, message: `${issue?.path.join('.') || 'body'}: ${issue?.message}` };
}
