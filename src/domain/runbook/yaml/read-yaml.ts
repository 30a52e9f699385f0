import type { Diagnostic } from '#domain/diagnostic.ts';
import { type IgnoreComments, NO_IGNORES, readIgnores } from '#domain/runbook/ignores.ts';

import { decode } from './decode.ts';
import { MAX_BYTES, MAX_LINES } from './limits.ts';
import { readDocument } from './read-document.ts';
import { createSourceText, type SourceText } from './source-text.ts';
import { Unreadable } from './unreadable.ts';
import type { Range, YamlNode } from './yaml-node.ts';

export type YamlFile = {
  source: SourceText;
  /** Null where what the file says can't be told; the diagnostics say why. */
  root: YamlNode | null;
  /** Any keeps the file from being used. */
  diagnostics: readonly Diagnostic[];
  /** Which findings the file's comments silence. */
  ignores: IgnoreComments;
};

/**
 * Reads one YAML document strictly: the core schema without tags, merge keys, directives or
 * duplicate keys, and within bounds. Never throws, and takes time in proportion to the file. One
 * mistake of syntax makes nonsense of what follows: only the first is told. What we refuse beyond
 * that leaves a tree that can be looked at further.
 */
export function readYaml(file: string, bytes: Uint8Array): YamlFile {
  const begin = { start: 0, end: 0 };
  if (bytes.length > MAX_BYTES) {
    return refused(createSourceText(file, ''), begin, 'the file is over 128 KiB');
  }
  const { text, badAt } = decode(bytes);
  const source = createSourceText(file, text);
  if (badAt !== null) {
    const range = { start: badAt, end: badAt + 1 };
    return refused(source, range, 'this is not UTF-8 text: a byte or control character is wrong');
  }
  if (text.split('\n', MAX_LINES + 1).length > MAX_LINES) {
    return refused(source, begin, 'the file has more than 30,000 lines');
  }
  try {
    const { root, problems: diagnostics, hasGaps, ...rest } = readDocument(source);
    return { source, root: hasGaps ? null : root, diagnostics, ignores: readIgnores(source, rest) };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return refused(source, error.range, error.message, error.hint);
  }
}

function refused(source: SourceText, range: Range, message: string, hint?: string): YamlFile {
  const diagnostics = [source.problem('bad-yaml', range, message, hint)];
  return { source, root: null, diagnostics, ignores: NO_IGNORES };
}
