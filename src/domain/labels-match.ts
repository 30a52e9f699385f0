import { RE2JS } from 're2js';

/** All matchers must hold; a value that begins with `~` is a regular expression for the whole label. */
export function labelsMatch(
  matchers: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(matchers).every(([name, wanted]) => {
    const value = labels[name] ?? '';
    if (!wanted.startsWith('~')) return value === wanted;
    try {
      return RE2JS.compile(wanted.slice(1)).matches(value);
    } catch {
      return false;
    }
  });
}
