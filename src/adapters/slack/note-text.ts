/** A note's text, and the moment it is about, ISO; null: now. */
export type NoteText = { text: string; at: string | null };

const AT = /^at\s+(\d{1,2})[:.](\d{2})(?:\s*(utc|z))?(?=[\s:,]|$)[\s:,]*/i;

/**
 * `at 09:16 text`: the time is the writer's own (`utcOffset` seconds east of UTC) unless UTC follows,
 * and is the last such moment before now: nobody notes what has yet to happen.
 */
export function readNote(text: string, utcOffset: number, now: Date): NoteText {
  const trimmed = text.trim();
  const [head, hours, minutes, utc] = AT.exec(trimmed) ?? [];
  if (head === undefined || Number(hours) > 23 || Number(minutes) > 59) {
    return { text: trimmed, at: null };
  }

  const offsetMs = utc === undefined ? utcOffset * 1000 : 0;
  const local = new Date(now.getTime() + offsetMs);
  local.setUTCHours(Number(hours), Number(minutes), 0, 0);
  const moment = local.getTime() - offsetMs;
  const day = 24 * 60 * 60 * 1000;
  const past = moment <= now.getTime() ? moment : moment - day;
  return { text: trimmed.slice(head.length), at: new Date(past).toISOString() };
}
