import { loadLibrary } from '#adapters/files/load-library.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import { PortError } from '#ports/port-error.ts';
import type { Finding } from '#ports/self-check.ts';
import type { Config } from '#src/config.ts';

import { ok, problem } from './finding.ts';

/** Whether the runbooks' folder can be used; `settings` is null where it can't. */
export async function runbookFindings({
  runbooks,
  overlay,
}: Config): Promise<{ settings: Settings | null; findings: Finding[] }> {
  try {
    const { settings, documents, diagnostics } = await loadLibrary(runbooks, overlay);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    const [first] = errors;
    if (first === undefined) {
      return { settings, findings: [ok('runbooks', `${documents.length} in ${runbooks}`)] };
    }
    const { file, line, column, message } = first;
    const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
    const text = `${file}:${line}:${column}: ${message}${more}. See handrail lint ${runbooks}`;
    return { settings, findings: [problem('runbooks', text)] };
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    return { settings: null, findings: [problem('runbooks', error.message)] };
  }
}
