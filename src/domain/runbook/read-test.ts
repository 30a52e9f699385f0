import type { Diagnostic } from '#domain/diagnostic.ts';

import type { ParsedFile } from './rules/rule.ts';
import { type RunbookTest, RunbookTestFile } from './runbook-test-file.ts';
import { schemaDiagnostics } from './schema-diagnostics.ts';
import { readYaml } from './yaml/read-yaml.ts';
import { child, toJson } from './yaml/yaml-node.ts';

export type TestReading = {
  test: RunbookTest | null;
  /** The id of the runbook, also where something else in the file is wrong. */
  runbook: string | null;
  /** Null if it is no YAML of ours. */
  parsed: ParsedFile | null;
  diagnostics: readonly Diagnostic[];
};

/** Reads a file of `kind: RunbookTest`; whether it fits its runbook is for whoever runs it. */
export function readTest(given: { file: string; bytes: Uint8Array }): TestReading {
  const { source, root, diagnostics } = readYaml(given.file, given.bytes);
  if (root === null) return { test: null, runbook: null, parsed: null, diagnostics };
  const parsed: ParsedFile = { source, root };
  const named = child(root, 'runbook');
  const runbook = named?.kind === 'scalar' && typeof named.value === 'string' ? named.value : null;
  const checked = RunbookTestFile.safeParse(toJson(root));
  return checked.success
    ? { test: checked.data, runbook, parsed, diagnostics }
    : {
        test: null,
        runbook,
        parsed,
        diagnostics: schemaDiagnostics(checked.error.issues, parsed),
      };
}
