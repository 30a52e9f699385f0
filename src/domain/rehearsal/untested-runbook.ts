import type { Diagnostic } from '#domain/diagnostic.ts';
import { asWarning } from '#domain/runbook/rules/rule.ts';
import { decode } from '#domain/runbook/yaml/decode.ts';
import { createSourceText } from '#domain/runbook/yaml/source-text.ts';

import type { Coverage } from './coverage.ts';
import { missedPlaces } from './missed-places.ts';

/** Null stands for no test at all. A warning for each thing that no case goes through. */
export function untestedRunbook(
  given: { file: string; bytes: Uint8Array },
  coverage: Coverage | null,
): readonly Diagnostic[] {
  if (coverage === null) return [withoutTest(given)];
  return missedPlaces(given, coverage.missed).map(({ kind, name, ...place }) => ({
    ...place,
    severity: 'warning',
    rule: 'untested-runbook',
    message: `no case goes through the ${kind} ${name}`,
  }));
}

/** Points at the id without parsing: a folder may have a thousand runbooks and no test yet. */
function withoutTest({ file, bytes }: { file: string; bytes: Uint8Array }): Diagnostic {
  const source = createSourceText(file, decode(bytes).text);
  const [key = '', id = ''] = /^(id:[ \t]*)(\S+)/m.exec(source.text)?.slice(1) ?? [];
  const start = id === '' ? 0 : source.text.search(/^id:/m) + key.length;
  const test = file.replace(/\.(ya?ml)$/, '.test.$1');
  return asWarning(
    source.problem(
      'untested-runbook',
      { start, end: start + id.length },
      'this runbook has no test',
      `write one in ${test}; \`handrail test --coverage\` says what it covers`,
    ),
  );
}
