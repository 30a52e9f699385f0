import type { Diagnostic } from '#domain/diagnostic.ts';

import { closest } from './did-you-mean.ts';
import { hasErrors, inOrder } from './in-order.ts';
import { isRuleId, RULE_IDS, type RuleId } from './rule-id.ts';
import type { SourceText } from './yaml/source-text.ts';
import type { Range } from './yaml/yaml-node.ts';

/**
 * `# handrail-ignore rule-id, rule-id: reason` behind a line, or above it, silences findings of that
 * line; of a text that goes on over several lines, in all of them. Some stand above each other.
 */
export type Ignore = {
  rule: RuleId;
  /** Of the findings that it silences. */
  firstLine: number;
  lastLine: number;
  /** What is said where it silences nothing; null where not every rule has looked. */
  unused: Diagnostic | null;
};

/** Policy is not for the author of a runbook to wave through. */
const NEVER_SILENCED: ReadonlySet<string> = new Set<RuleId>([
  'write-without-policy',
  'approval-widened',
  'secret-in-text',
  'host-not-allowed',
]);

/** What is left of a file with one of them can't be loaded, whatever a comment says. */
const UNREADABLE: ReadonlySet<string> = new Set<RuleId>([
  'bad-yaml',
  'duplicate-key',
  'unknown-key',
  'bad-value',
  'unknown-uses',
  'duration-spelling',
  'watch-without-end',
]);

const IGNORE = /^#\s*handrail-ignore\b(.*)$/;
/** A file with more of them has no rules to speak of. */
const MAX_IGNORES = 100;

export type IgnoreComments = { ignores: readonly Ignore[]; problems: readonly Diagnostic[] };

export const NO_IGNORES: IgnoreComments = { ignores: [], problems: [] };

/** For a file that was looked at in part: what silences nothing may silence something later. */
export function inPart({ ignores, problems }: IgnoreComments): IgnoreComments {
  return { ignores: ignores.map((ignore) => ({ ...ignore, unused: null })), problems };
}

export function readIgnores(
  source: SourceText,
  { comments, longTexts }: { comments: readonly Range[]; longTexts: readonly Range[] },
): IgnoreComments {
  const ignores: Ignore[] = [];
  const problems: Diagnostic[] = [];
  let about: Range = { start: 0, end: 0 };
  for (const range of comments) {
    const written = IGNORE.exec(source.text.slice(range.start, range.end).trimEnd())?.[1];
    if (written === undefined) continue;
    if (ignores.length + problems.length >= MAX_IGNORES) {
      const message = `a file ignores at most ${MAX_IGNORES} findings`;
      problems.push(source.problem('bad-ignore', range, message));
      break;
    }
    const colon = written.indexOf(':');
    const rules = written.slice(0, colon).trim();
    if (colon === -1 || rules === '' || written.slice(colon + 1).trim() === '') {
      problems.push(source.problem('bad-ignore', range, 'this says no rule with a reason', FORM));
      continue;
    }
    about = contentFor(range, source.text, about);
    const lines = linesOf(about.end, source, longTexts);
    for (const rule of new Set(rules.split(/[\s,]+/))) {
      const problem = problemWith(rule, range, source);
      if (problem !== null) problems.push(problem);
      else if (isRuleId(rule)) {
        const message = `there is no ${rule} here to ignore`;
        const unused = source.problem('bad-ignore', range, message, 'take the comment out');
        ignores.push({ rule, ...lines, unused });
      }
    }
  }
  return { ignores, problems };
}

const FORM = 'write # handrail-ignore rule-id: why it is right here';

function problemWith(rule: string, range: Range, source: SourceText): Diagnostic | null {
  if (!isRuleId(rule)) {
    const guess = closest(rule, RULE_IDS);
    const hint = guess === null ? 'handrail explain lists them' : `did you mean "${guess}"?`;
    return source.problem('bad-ignore', range, `there is no rule "${rule}"`, hint);
  }
  if (NEVER_SILENCED.has(rule)) {
    return source.problem('bad-ignore', range, `${rule} can't be ignored: it guards production`);
  }
  return UNREADABLE.has(rule) || rule === 'bad-ignore'
    ? source.problem('bad-ignore', range, `${rule} can't be ignored: the file can't be used so`)
    : null;
}

/**
 * What a comment is about ends where this ends: one behind something is about its own line, one that
 * stands alone about the next that holds something. Comments above each other share it.
 */
function contentFor(comment: Range, text: string, before: Range): Range {
  const line = text.slice(text.lastIndexOf('\n', comment.start - 1) + 1, comment.start);
  if (line.trim() !== '') return { start: comment.start, end: comment.start };
  const isShared = before.start < comment.start && comment.start < before.end;
  return isShared ? before : { start: comment.start, end: nextContent(text, comment.end) };
}

/** The line at an offset, with all of the text that begins there. */
function linesOf(
  offset: number,
  source: SourceText,
  longTexts: readonly Range[],
): { firstLine: number; lastLine: number } {
  const { line } = source.place(offset, offset + 1);
  const long = longTexts.find(({ start, end }) => source.place(start, end).line === line);
  const lastLine = long === undefined ? line : source.place(long.start, long.end).endLine;
  return { firstLine: line, lastLine };
}

const BLANK_OR_COMMENT = /\s*(?:#[^\n]*(?:\n\s*|$))*/y;

function nextContent(text: string, from: number): number {
  BLANK_OR_COMMENT.lastIndex = from;
  return from + (BLANK_OR_COMMENT.exec(text)?.[0].length ?? 0);
}

/** The findings that no comment silences. */
export function silence(
  diagnostics: readonly Diagnostic[],
  { ignores }: IgnoreComments,
): readonly Diagnostic[] {
  if (ignores.length === 0) return diagnostics;
  return diagnostics.filter((found) => !ignores.some((ignore) => covers(ignore, found)));
}

/**
 * The same for everything that was found in some files, with what is wrong with their comments. In
 * order, and of one file no more than anybody reads.
 */
export function settle(
  diagnostics: readonly Diagnostic[],
  ignores: ReadonlyMap<string, IgnoreComments>,
): readonly Diagnostic[] {
  const byFile = Map.groupBy(diagnostics, ({ file }) => file);
  const files = new Set([...byFile.keys(), ...ignores.keys()]);
  return inOrder(
    [...files].flatMap((file) =>
      capped(settleFile(byFile.get(file) ?? [], ignores.get(file) ?? NO_IGNORES)),
    ),
  );
}

function settleFile(found: readonly Diagnostic[], comments: IgnoreComments): readonly Diagnostic[] {
  const unused = comments.ignores.flatMap((ignore) =>
    ignore.unused === null || found.some((one) => covers(ignore, one)) ? [] : [ignore.unused],
  );
  return [...silence(found, comments), ...comments.problems, ...unused];
}

const MAX_FINDINGS = 100;

function capped(all: readonly Diagnostic[]): readonly Diagnostic[] {
  if (all.length <= MAX_FINDINGS) return all;
  const ordered = inOrder(all);
  const first = ordered[MAX_FINDINGS];
  if (first === undefined) return ordered;
  const { hint: _hint, ...place } = first;
  const rest = ordered.slice(MAX_FINDINGS);
  const severity = hasErrors(rest) ? 'error' : 'warning';
  const message = `${first.message}, and ${rest.length - 1} more findings in this file`;
  return [...ordered.slice(0, MAX_FINDINGS), { ...place, severity, message }];
}

function covers({ rule, firstLine, lastLine }: Ignore, found: Diagnostic): boolean {
  return found.rule === rule && firstLine <= found.line && found.line <= lastLine;
}
