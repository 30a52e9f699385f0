const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const FIELDS = [
  { name: 'minute', from: 0, to: 59, words: [] },
  { name: 'hour', from: 0, to: 23, words: [] },
  { name: 'day of month', from: 1, to: 31, words: [] },
  { name: 'month', from: 1, to: 12, words: MONTHS },
  { name: 'day of week', from: 0, to: 7, words: DAYS },
] as const;

/** What is wrong with the five fields of a cron line, or null. */
export function whyNoCron(cron: string): string | null {
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) return 'a schedule has five fields, such as 0 10 * * 2';
  for (const [index, limits] of FIELDS.entries()) {
    const parts = (fields[index] ?? '').split(',');
    if (!parts.every((part) => isPart(part, limits))) {
      return `${limits.name}: "${fields[index]}" is none between ${limits.from} and ${limits.to}`;
    }
  }
  return null;
}

type Limits = (typeof FIELDS)[number];

/** A number, a range, or `*`, each perhaps with a step. */
function isPart(part: string, limits: Limits): boolean {
  const match = /^(?:\*|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(part);
  if (match === null) return false;
  const [, first, last, step] = match;
  const from = first === undefined ? limits.from : numberOf(first, limits);
  const to = last === undefined ? from : numberOf(last, limits);
  return from !== null && to !== null && from <= to && (step === undefined || Number(step) > 0);
}

function numberOf(text: string, { from, to, words }: Limits): number | null {
  const word = words.findIndex((each) => each === text.toLowerCase());
  const number = word === -1 ? Number(text) : word + from;
  return Number.isInteger(number) && number >= from && number <= to ? number : null;
}

/** To ask the platform of one takes longer than to read a runbook, and it lists most of them at once. */
const timezones = new Map<string, boolean>();

export function isTimezone(timezone: string): boolean {
  if (timezones.size === 0) {
    const listed = ['UTC', ...Intl.supportedValuesOf('timeZone')];
    listed.forEach((each) => timezones.set(each, true));
  }
  const known = timezones.get(timezone) ?? isKnownToPlatform(timezone);
  if (timezones.size < 2_000) timezones.set(timezone, known);
  return known;
}

function isKnownToPlatform(timezone: string): boolean {
  try {
    return Intl.DateTimeFormat('en-US', { timeZone: timezone }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}
