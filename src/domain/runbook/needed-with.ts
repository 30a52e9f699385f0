/** A file by its text alone. */
export type FileText = { file: string; text: string };

const ID = /^(?:id|"id"|'id') *: *["']?([a-z][a-z0-9-]*)/m;
const WORDS = /[a-z][a-z0-9-]*/g;
/** The labels that a trigger matches, with the name of the alert where that comes first and is plain. */
const ALERTS = /\balert["']? *: *\{?\s*(?:["']?alertname["']? *: *["']?([\w.-]+))?/g;

/** The id of a runbook without reading the file as YAML; null where it has no line of its own. */
export function idIn(text: string): string | null {
  return ID.exec(text)?.[1] ?? null;
}

/**
 * Which other runbooks it takes to say whether some files are right: those that they name, at any
 * depth, those of the same id, and those that one of their alerts starts, too. Words alone tell it, in
 * a fraction of the time that reading a folder takes, and rather name one too many: a file whose id
 * can't be told is always needed.
 */
export function neededWith(
  asked: readonly FileText[],
  others: readonly FileText[],
): ReadonlySet<string> {
  const named = others.flatMap((other) =>
    [...namesOf(other.text)].map((name) => ({ name, other })),
  );
  const byName = Map.groupBy(named, ({ name }) => name);
  const needed = new Set<string>();
  const ahead: FileText[] = [];
  const need = (names: Iterable<string>) => {
    for (const { other } of [...names].flatMap((name) => byName.get(name) ?? [])) {
      if (needed.has(other.file)) continue;
      needed.add(other.file);
      ahead.push(other);
    }
  };
  need([NO_ID, ...asked.flatMap(({ text }) => alertsIn(text).flatMap(overlapping))]);
  ahead.push(...asked);
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    need(next.text.match(WORDS) ?? []);
  }
  return needed;
}

/** What is said of a file by which others may need it. */
function namesOf(text: string): ReadonlySet<string> {
  const alerts = alertsIn(text);
  const names = [idIn(text) ?? NO_ID, ...alerts.map(alertNamed)];
  return new Set(alerts.length === 0 ? names : [...names, ANY_ALERT]);
}

function overlapping(alert: string | null): readonly string[] {
  return alert === null ? [ANY_ALERT] : [alertNamed(alert), alertNamed(null)];
}

// No word of a text looks like these.
const NO_ID = '?';
const ANY_ALERT = '!';
const alertNamed = (name: string | null) => `! ${name ?? ''}`;

/** Null stands for one that says no name, or says it otherwise. */
function alertsIn(text: string): readonly (string | null)[] {
  return [...text.matchAll(ALERTS)].map(([, name]) => name ?? null);
}
