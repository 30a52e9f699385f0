import type { Diagnostic } from '#domain/diagnostic.ts';
import { objectOf, textOf } from '#domain/json.ts';

import { type IgnoreComments, inPart, silence } from './ignores.ts';
import { hasErrors, inOrder } from './in-order.ts';
import { parseAsMeant } from './parse-as-meant.ts';
import { regularRunbook } from './regular-runbook.ts';
import { runbookRules, shapeRules, writtenStepRules } from './rules/reading-rules.ts';
import type { ParsedFile, Subject } from './rules/rule.ts';
import { writtenSteps } from './rules/written-steps.ts';
import { RunbookFile } from './runbook-file.ts';
import type { Runbook } from './runbook.ts';
import { schemaDiagnostics } from './schema-diagnostics.ts';
import { readYaml } from './yaml/read-yaml.ts';
import { toJson } from './yaml/yaml-node.ts';

export type RunbookReading = {
  /** Null if there is any error among the diagnostics that no comment silences. */
  runbook: Runbook | null;
  /** What was found, silenced or not: `ignores` says which, once everything was looked for. */
  diagnostics: readonly Diagnostic[];
  /** What can be looked at further; null if the file has not the shape of a runbook. */
  subject: Subject | null;
  ignores: IgnoreComments;
  /** As it stands in the file, whatever else is wrong there. */
  id: string | null;
};

/**
 * Reads a file of `kind: Runbook`. Never throws, and collects everything that keeps it from being
 * used; `review.ts` has the rest.
 */
export function readRunbook(given: { file: string; bytes: Uint8Array }): RunbookReading {
  const { source, root, diagnostics, ignores } = readYaml(given.file, given.bytes);
  if (root === null) {
    return { runbook: null, diagnostics, subject: null, ignores: inPart(ignores), id: null };
  }

  const file: ParsedFile = { source, root };
  const json = toJson(root);
  const id = textOf(objectOf(json)['id']);
  const { value, issues } = parseAsMeant(RunbookFile, json);
  const steps = writtenSteps(json);
  const ofSteps = writtenStepRules.flatMap((rule) => rule(steps, file));
  const unsound = [...diagnostics, ...schemaDiagnostics(issues, file), ...ofSteps];
  const inPartOnly = (found: readonly Diagnostic[]) => ({
    runbook: null,
    diagnostics: inOrder(found),
    subject: null,
    ignores: inPart(ignores),
    id,
  });
  if (value === null) return inPartOnly(unsound);
  const runbook = regularRunbook(value);
  const subject = { runbook, file };
  if (hasErrors(silence(ofSteps, ignores))) {
    return inPartOnly([...unsound, ...shapeRules.flatMap((rule) => rule(subject))]);
  }
  const all = [...unsound, ...runbookRules.flatMap((rule) => rule(subject))];
  const broken = hasErrors(silence(all, ignores));
  return { runbook: broken ? null : runbook, diagnostics: inOrder(all), subject, ignores, id };
}
