/** A moment in the reader's own time zone; where that cannot be drawn, in UTC. */
export function timeOfDay(iso: string): string {
  return slackDate(iso, '{time}', `${clock(iso)} UTC`);
}

/** As `timeOfDay`, with the day, for what may be read much later. */
export function dayAndTime(iso: string): string {
  return slackDate(iso, '{date_short_pretty} {time}', `${iso.slice(0, 10)} ${clock(iso)} UTC`);
}

/** `2 h 5 min`, `13 min`, `40 s`. */
export function span(fromIso: string, toIso: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(toIso) - Date.parse(fromIso)) / 1000));
  if (Number.isNaN(seconds)) return '?';
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function slackDate(iso: string, format: string, fallback: string): string {
  const seconds = Math.floor(Date.parse(iso) / 1000);
  return Number.isNaN(seconds) ? '?' : `<!date^${seconds}^${format}|${fallback}>`;
}

function clock(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? '?' : date.toISOString().slice(11, 16);
}
