import type { Act, CheckFact, IncidentFacts } from './incident-facts.ts';
import { escapeMarkdown } from './markdown.ts';
import { timeOfDay } from './time-text.ts';

/** Facts as sentences of Markdown; everything that came from outside is escaped here. */

export function checkText({ title, finding }: CheckFact): string {
  return finding === ''
    ? escapeMarkdown(title)
    : `${escapeMarkdown(title)}: ${escapeMarkdown(finding)}`;
}

export function suspectText(suspect: NonNullable<IncidentFacts['suspect']>): string {
  const by = suspect.by === '' ? '' : ` by ${escapeMarkdown(suspect.by)}`;
  const before = suspect.before === '' ? '' : `, ${escapeMarkdown(suspect.before)} before it began`;
  return `Deploy ${escapeMarkdown(suspect.build)}${by}${before}`;
}

/** What was done and how it ended: `Roll back checkout (1842 → 1841): done.` */
export function actText({ title, move, outcome, finding }: Act): string {
  const where = move === null ? '' : ` (${escapeMarkdown(move)})`;
  const found = finding === '' ? '' : ` ${escapeMarkdown(finding)}.`;
  return `${escapeMarkdown(title)}${where}: ${outcome}.${found}`;
}

/** `actText` with who asked, who approved and when. */
export function actWithPeople(act: Act): string {
  const names = act.approvers.map(({ name }) => escapeMarkdown(name)).join(' and ');
  const facts = [
    act.by === null ? null : `by hand by ${escapeMarkdown(act.by.name)}`,
    act.requester === null ? null : `asked for by ${escapeMarkdown(act.requester.name)}`,
    names === '' ? null : `approved by ${names}`,
    act.brokenGlass === null
      ? null
      : `**break-glass** by ${escapeMarkdown(act.brokenGlass.name)}, without a second person`,
    act.from === act.to
      ? `at ${timeOfDay(act.to)} UTC`
      : `from ${timeOfDay(act.from)} to ${timeOfDay(act.to)} UTC`,
  ].filter((fact) => fact !== null);
  const [first = '', ...rest] = facts;
  return `${actText(act)} ${[`${first.charAt(0).toUpperCase()}${first.slice(1)}`, ...rest].join(', ')}.`;
}
