/**
 * Slack's `<!date^seconds^format|fallback>`, in the time zone of this machine, which is the reader's.
 * A format with anything in braces that Slack does not know is not drawn: null.
 */
export function slackDate(seconds: number, format: string, now = new Date()): string | null {
  const at = new Date(seconds * 1000);
  if (Number.isNaN(at.getTime())) return null;
  let known = true;
  const drawn = format.replaceAll(/\{(\w+)\}/g, (whole, token: string) => {
    const text = TOKENS[token]?.(at, now);
    if (text === undefined) known = false;
    return text ?? whole;
  });
  return known ? drawn : null;
}

const TOKENS: Readonly<Record<string, (at: Date, now: Date) => string>> = {
  date_num: (at) => at.toLocaleDateString('sv-SE'),
  date: (at) => said(at, { month: 'long', day: 'numeric', year: 'numeric' }),
  date_short: (at) => said(at, { month: 'short', day: 'numeric', year: 'numeric' }),
  date_long: (at) => said(at, { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' }),
  date_pretty: (at, now) =>
    dayName(at, now) ?? said(at, { month: 'long', day: 'numeric', year: 'numeric' }),
  date_short_pretty: (at, now) =>
    dayName(at, now) ?? said(at, { month: 'short', day: 'numeric', year: 'numeric' }),
  date_long_pretty: (at, now) =>
    dayName(at, now) ??
    said(at, { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' }),
  time: timeOfDay,
  time_secs: (at) => at.toLocaleTimeString('en-GB'),
  ago: (at, now) => ago(at, now),
};

export function timeOfDay(at: Date): string {
  return at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

/** `Today`, `Yesterday`, or nothing. */
export function dayName(at: Date, now: Date): string | null {
  const yesterday = new Date(now.getTime() - 86_400_000);
  if (at.toDateString() === now.toDateString()) return 'Today';
  return at.toDateString() === yesterday.toDateString() ? 'Yesterday' : null;
}

export function longDay(at: Date): string {
  return said(at, { weekday: 'long', month: 'long', day: 'numeric' });
}

/** `just now`, `3 minutes ago`. */
export function ago(at: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return minutes === 1 ? '1 minute ago' : `${minutes} minutes ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return hours === 1 ? '1 hour ago' : `${hours} hours ago`;
  const days = Math.floor(hours / 24);
  return days === 1 ? '1 day ago' : `${days} days ago`;
}

function said(at: Date, format: Intl.DateTimeFormatOptions): string {
  return at.toLocaleDateString('en-US', format);
}
