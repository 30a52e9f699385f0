/** A note's text, and the moment it is about, ISO; null: now. */
export type NoteText = { text: string; at: string | null };

const AT =
  /^at\s+([01]?\d|2[0-3])[:.]([0-5]\d)(?:\s*(utc|z))?(?!\s*[ap]\.?m\b|:\d)(?=[\s:,]|$)[\s:,]*/i;
const LIKE_AT = /^at\s+(\d+:\d+\S*(?:\s+[ap]\.?m\b)?)/i;

/** What is wrong with a note that begins with what looks like a time of day and is none, else null. */
export function noteProblem(text: string): string | null {
  const [, time] = LIKE_AT.exec(text) ?? [];
  if (time === undefined || AT.test(text)) return null;
  return `"${time}" is no time of day: write it as 09:16 or 21:40.`;
}

/**
 * `at 09:16 text`: the time is the writer's own (`utcOffset` seconds east of UTC) unless UTC follows,
 * and is the last such moment before now: nobody notes what has yet to happen.
 */
export function readNote(text: string, utcOffset: number, now: Date): NoteText {
  const trimmed = text.trim();
  const [head, hours, minutes, utc] = AT.exec(trimmed) ?? [];
  if (head === undefined) return { text: trimmed, at: null };

  const offsetMs = utc === undefined ? utcOffset * 1000 : 0;
  const local = new Date(now.getTime() + offsetMs);
  local.setUTCHours(Number(hours), Number(minutes), 0, 0);
  const moment = local.getTime() - offsetMs;
  const day = 24 * 60 * 60 * 1000;
  const past = moment <= now.getTime() ? moment : moment - day;
  return { text: trimmed.slice(head.length), at: new Date(past).toISOString() };
}
