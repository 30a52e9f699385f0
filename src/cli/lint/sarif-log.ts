import type { Diagnostic } from '#domain/diagnostic.ts';
import type { JsonObject } from '#domain/json.ts';

/** SARIF 2.1.0, as code-scanning services read it. */
export function sarifLog(diagnostics: readonly Diagnostic[]): JsonObject {
  const rules = [...new Set(diagnostics.map(({ rule }) => rule))].toSorted();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'handrail', rules: rules.map((id) => ({ id })) } },
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
