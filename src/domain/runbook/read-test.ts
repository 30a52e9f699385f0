import type { Diagnostic } from '#domain/diagnostic.ts';

import { type IgnoreComments, inPart } from './ignores.ts';
import { type RunbookTest, RunbookTestFile } from './runbook-test-file.ts';
import { schemaDiagnostics } from './schema-diagnostics.ts';
import { readYaml } from './yaml/read-yaml.ts';
import { toJson } from './yaml/yaml-node.ts';

/** Reads a file of `kind: RunbookTest`; whether it fits its runbook is for whoever runs it. */
export function readTest(given: { file: string; bytes: Uint8Array }): {
  test: RunbookTest | null;
  diagnostics: readonly Diagnostic[];
  ignores: IgnoreComments;
} {
  const { source, root, diagnostics, ignores } = readYaml(given.file, given.bytes);
  if (root === null) return { test: null, diagnostics, ignores: inPart(ignores) };
  const parsed = RunbookTestFile.safeParse(toJson(root));
  return parsed.success
    ? { test: parsed.data, diagnostics, ignores }
    : {
        test: null,
        diagnostics: schemaDiagnostics(parsed.error.issues, { source, root }),
        ignores: inPart(ignores),
      };
}
