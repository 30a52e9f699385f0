import type { Diagnostic } from '#domain/diagnostic.ts';

import { regularRunbook } from './regular-runbook.ts';
import { runbookRules, writtenStepRules } from './rules/registry.ts';
import type { ParsedFile } from './rules/rule.ts';
import { writtenSteps } from './rules/written-steps.ts';
import { RunbookFile } from './runbook-file.ts';
import type { Runbook } from './runbook.ts';
import { schemaDiagnostics } from './schema-diagnostics.ts';
import { readYaml } from './yaml/read-yaml.ts';
import { toJson } from './yaml/yaml-node.ts';

export type RunbookReading = {
  /** Null if there is any error among the diagnostics. */
  runbook: Runbook | null;
  diagnostics: readonly Diagnostic[];
};

/**
 * Reads a file of `kind: Runbook`. Never throws, and collects everything that is wrong: what needs
 * no more than the file itself is checked here, what needs the settings or the other runbooks in
 * `check-against-settings.ts`.
 */
export function readRunbook(given: { file: string; bytes: Uint8Array }): RunbookReading {
  const { source, root, diagnostics } = readYaml(given.file, given.bytes);
  if (root === null) return { runbook: null, diagnostics };

  const file: ParsedFile = { source, root };
  const json = toJson(root);
  const parsed = RunbookFile.safeParse(json);
  const steps = writtenSteps(json);
  const unsound = [
    ...(parsed.success ? [] : schemaDiagnostics(parsed.error.issues, file)),
    ...writtenStepRules.flatMap((rule) => rule(steps, file)),
  ];
  if (!parsed.success || unsound.length > 0) return { runbook: null, diagnostics: sorted(unsound) };

  const runbook = regularRunbook(parsed.data);
  const findings = sorted(runbookRules.flatMap((rule) => rule({ runbook, file })));
  const broken = findings.some(({ severity }) => severity === 'error');
  return { runbook: broken ? null : runbook, diagnostics: findings };
}

function sorted(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted((a, b) => a.line - b.line || a.column - b.column);
}
