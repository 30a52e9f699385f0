import type { z } from 'zod';

import type { Diagnostic } from '#domain/diagnostic.ts';

import { closest, guesser } from './did-you-mean.ts';
import { DURATION_HINT } from './kinds/shape.ts';
import type { SourceText } from './yaml/source-text.ts';
import { keyRangeAt, nodeAt, type Path, rangeAt, type YamlNode } from './yaml/yaml-node.ts';

type Issue = z.core.$ZodIssue;
type File = { source: SourceText; root: YamlNode; guess: ReturnType<typeof guesser> };

/** Nobody reads more, and a file can have thousands. */
const MOST_ISSUES = 1_000;

/** What is wrong with a value, in words, at its place in the file. `base` is the value's own path. */
export function schemaDiagnostics(
  issues: readonly Issue[],
  file: { source: SourceText; root: YamlNode },
  base: Path = [],
): readonly Diagnostic[] {
  const guess = guesser();
  return issues
    .slice(0, MOST_ISSUES)
    .flatMap((issue) => describe(issue, { ...file, guess }, [...base, ...issue.path]));
}

function describe(issue: Issue, file: File, path: Path): readonly Diagnostic[] {
  const { source, root } = file;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys
      .slice(0, MOST_ISSUES)
      .map((key) => unknownKey(key, issue.message.split(' '), path, file));
  }
  if (issue.code === 'invalid_union') {
    return nearestBranch(issue.errors).flatMap((inner) =>
      describe(inner, file, [...path, ...inner.path]),
    );
  }
  if (issue.code === 'invalid_key' || issue.code === 'invalid_element') {
    return [source.problem('bad-value', keyRangeAt(root, path), firstMessage(issue))];
  }
  const given = nodeAt(root, path);
  const name = path.findLast((key) => typeof key === 'string') ?? 'file';
  if (given === null) {
    // `watch-without-end` says this one, and why.
    if (path.at(-2) === 'watch' && name === 'giveUpAfter') return [];
    return [source.problem('bad-value', rangeAt(root, path), `the key "${name}" is missing`)];
  }
  const rule = issue.message === DURATION_HINT ? 'duration-spelling' : 'bad-value';
  const { message, hint } = wrongValue(issue, given);
  return [source.problem(rule, rangeAt(root, path), `${name}: ${message}`, hint)];
}

function unknownKey(
  key: string,
  known: readonly string[],
  path: Path,
  { source, root, guess: guessed }: File,
): Diagnostic {
  const guess = guessed(key, known);
  return source.problem(
    'unknown-key',
    keyRangeAt(root, [...path, key]),
    `there is no key "${key}" here`,
    guess === null ? `known keys: ${known.join(', ')}` : `did you mean "${guess}"?`,
  );
}

/** Of a value that may be several things: what it fails as the one that it resembles most. */
function nearestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const depth = (issues: readonly Issue[]) => Math.max(0, ...issues.map(({ path }) => path.length));
  return branches.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? [];
}

function firstMessage(issue: { issues: readonly Issue[] }): string {
  return issue.issues[0]?.message ?? 'this is not allowed here';
}

function wrongValue(issue: Issue, given: YamlNode): { message: string; hint?: string } {
  if (issue.message === DURATION_HINT) return { message: DURATION_HINT };
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    return { message: wrongSize(issue, given) };
  }
  if (issue.code === 'invalid_type') {
    const message = `expected ${nameOf(issue.expected)}, found ${found(given)}`;
    const quotable = issue.expected === 'string' && given.kind === 'scalar' && given.value !== null;
    return quotable ? { message, hint: 'put it in quotes' } : { message };
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String);
    const text = given.kind === 'scalar' ? String(given.value) : '';
    const guess = closest(text, values);
    const message = `expected ${values.join(', ')}; found ${found(given)}`;
    return guess === null ? { message } : { message, hint: `did you mean "${guess}"?` };
  }
  return { message: issue.message.slice(0, 1).toLowerCase() + issue.message.slice(1) };
}

function wrongSize(
  issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig,
  given: YamlNode,
): string {
  const isSmall = issue.code === 'too_small';
  const limit = Number(isSmall ? issue.minimum : issue.maximum).toLocaleString('en');
  if (issue.origin === 'array') {
    return isSmall ? `give at least ${limit === '1' ? 'one' : limit}` : `give at most ${limit}`;
  }
  if (issue.origin === 'string') {
    return isSmall ? 'this is empty' : `a text of at most ${limit} characters is expected`;
  }
  return `expected ${limit} or ${isSmall ? 'more' : 'less'}, found ${found(given)}`;
}

const NAMES = new Map([
  ['string', 'text'],
  ['int', 'a whole number'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'a map'],
  ['record', 'a map'],
]);

function nameOf(expected: string): string {
  return NAMES.get(expected) ?? expected;
}

function found(node: YamlNode): string {
  if (node.kind === 'map') return 'a map';
  if (node.kind === 'list') return 'a list';
  return node.value === null ? 'nothing' : JSON.stringify(node.value).slice(0, 60);
}
