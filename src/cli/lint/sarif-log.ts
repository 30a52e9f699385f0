import type { Diagnostic } from '#domain/diagnostic.ts';
import type { JsonObject } from '#domain/json.ts';
import { documentation } from '#domain/runbook/documentation/documentation.ts';
import { explanation } from '#domain/runbook/documentation/explanation.ts';
import { isRuleId } from '#domain/runbook/rule-id.ts';

/** SARIF 2.1.0, as code-scanning services read it. */
export function sarifLog(diagnostics: readonly Diagnostic[]): JsonObject {
  const rules = [...new Set(diagnostics.map(({ rule }) => rule))].toSorted();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'handrail', rules: rules.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map(({ rule, severity, message, hint, ...place }) => ({
          ruleId: rule,
          level: severity,
          message: { text: hint === undefined ? message : `${message}. ${hint}` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(place.file) },
                region: {
                  startLine: place.line,
                  startColumn: place.column,
                  endLine: place.endLine,
                  endColumn: place.endColumn,
                },
              },
            },
          ],
        })),
      },
    ],
  };
}

function ruleOf(id: string): JsonObject {
  if (!isRuleId(id)) return { id };
  const { severity, why, wrong, right } = documentation[id];
  return {
    id,
    shortDescription: { text: why },
    help: { text: `${why}\n\nWrong:\n\n${wrong}\n\nRight:\n\n${right}`, markdown: explanation(id) },
    defaultConfiguration: { level: severity },
  };
}
