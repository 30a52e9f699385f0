import type { Log } from '#ports/log.ts';

type Line = { level: string; message: string; fields: Readonly<Record<string, unknown>> };

/** A log that is read by the test instead of a person. */
export function createQuietLog(): Log & { lines: Line[] } {
  const lines: Line[] = [];
  const at = (level: string) => (fields: Readonly<Record<string, unknown>>, message: string) => {
    lines.push({ level, message, fields });
  };
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}
