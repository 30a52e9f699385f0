import type { Diagnostic } from '#domain/diagnostic.ts';
import { hasTemplate } from '#domain/expressions/template.ts';
import { schemaDiagnostics } from '#domain/runbook/schema-diagnostics.ts';
import { nodeAt } from '#domain/runbook/yaml/yaml-node.ts';

import type { ParsedFile } from './rule.ts';
import type { WrittenStep } from './written-steps.ts';

/**
 * `with` fits the schema of its kind. A value that holds `${{ }}` is not known yet: it is checked
 * when the step runs.
 */
export function withSchema(steps: readonly WrittenStep[], file: ParsedFile): readonly Diagnostic[] {
  return steps.flatMap(({ keys, kind, path }) => {
    const checked = kind?.with.safeParse(keys['with'] ?? {});
    if (checked === undefined || checked.success) return [];
    const base = [...path, 'with'];
    const known = checked.error.issues.filter((issue) => {
      const given = nodeAt(file.root, [...base, ...issue.path]);
      return given?.kind !== 'scalar' || !hasTemplate(String(given.value));
    });
    return schemaDiagnostics(known, file, base).map((found) =>
      found.rule === 'bad-value' ? { ...found, rule: 'with-schema' } : found,
    );
  });
}
