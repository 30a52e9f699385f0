import { Composer, type Document, Parser, type CST } from 'yaml';

import type { Diagnostic } from '#domain/diagnostic.ts';
import { type IgnoreComments, NO_IGNORES, readIgnores } from '#domain/runbook/ignores.ts';

import { buildTree } from './build-tree.ts';
import { decode } from './decode.ts';
import { MAX_BYTES, scanTokens, tooDeep } from './limits.ts';
import { createSourceText, type SourceText } from './source-text.ts';
import type { YamlNode } from './yaml-node.ts';

export type YamlFile = {
  source: SourceText;
  /** Null when the file is no YAML of ours; the diagnostics say why. */
  root: YamlNode | null;
  diagnostics: readonly Diagnostic[];
  /** Which findings the file's comments silence. */
  ignores: IgnoreComments;
};

/**
 * Reads one YAML document strictly: the core schema without tags, merge keys, directives or
 * duplicate keys, and within bounds that are checked before anything is built. Never throws, and
 * takes time in proportion to the file.
 */
export function readYaml(file: string, bytes: Uint8Array): YamlFile {
  if (bytes.length > MAX_BYTES) {
    return refused(createSourceText(file, ''), { start: 0, end: 0 }, 'the file is over 128 KiB');
  }
  const { text, badAt } = decode(bytes);
  const source = createSourceText(file, text);
  if (badAt !== null) {
    const range = { start: badAt, end: badAt + 1 };
    return refused(source, range, 'this is not UTF-8 text: a byte or control character is wrong');
  }
  const scan = scanTokens(text);
  if (scan.refusal !== null) return refused(source, scan.refusal, scan.refusal.message);

  try {
    return { ...compose(source), ignores: readIgnores(source, scan) };
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    return refused(source, { start: 0, end: 0 }, `this file cannot be read as YAML: ${why}`);
  }
}

function compose(source: SourceText): YamlFile {
  const tokens: CST.Token[] = [...new Parser().parse(source.text)];
  for (const token of tokens) {
    const refusal = token.type === 'document' ? tooDeep(token) : null;
    if (refusal !== null) return refused(source, refusal, refusal.message);
  }

  const options = { uniqueKeys: false, prettyErrors: false, merge: false, version: '1.2' } as const;
  const documents = [...new Composer(options).compose(tokens, true, source.text.length)];
  const [document, second] = documents;
  if (document === undefined) return refused(source, { start: 0, end: 0 }, 'the file is empty');
  if (second !== undefined) {
    const [start] = second.range;
    return refused(source, { start, end: start + 3 }, 'a file holds one document');
  }
  return { source, ignores: NO_IGNORES, ...read(document, source) };
}

function read(document: Document, source: SourceText): Omit<YamlFile, 'source' | 'ignores'> {
  // One mistake makes the parser stumble over much of what follows: only the first is told.
  const [first] = [...document.errors, ...document.warnings].toSorted(
    (a, b) => a.pos[0] - b.pos[0],
  );
  if (first !== undefined) {
    const [start, end] = first.pos;
    const hint = needsQuotes(source.text, start) ? QUOTES : undefined;
    const problem = source.problem('bad-yaml', { start, end }, plain(first.message), hint);
    return { root: null, diagnostics: [problem] };
  }
  if (document.contents === null) {
    return { root: null, diagnostics: [source.problem('bad-yaml', { start: 0, end: 0 }, EMPTY)] };
  }

  const { root, diagnostics } = buildTree(document.contents, source);
  return { root: diagnostics.length === 0 ? root : null, diagnostics };
}

const EMPTY = 'the file is empty';

const QUOTES = 'put a ${{ }} in quotes where it stands between { } or [ ]';

/** Whether the line up to here holds a template: unquoted, its braces begin a map. */
function needsQuotes(text: string, at: number): boolean {
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, at + 1).includes('${');
}

function plain(message: string): string {
  return message.slice(0, 1).toLowerCase() + message.slice(1);
}

function refused(
  source: SourceText,
  range: { start: number; end: number },
  message: string,
): YamlFile {
  const diagnostics = [source.problem('bad-yaml', range, message)];
  return { source, root: null, diagnostics, ignores: NO_IGNORES };
}
