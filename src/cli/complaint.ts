import { SettingsError } from '#adapters/files/runbook-library.ts';
import { PortError } from '#ports/port-error.ts';

/** What went wrong for whoever typed the command; null for what is our own fault. */
export function complaintOf(error: unknown): string | null {
  if (error instanceof PortError) return error.message;
  if (error instanceof SettingsError) {
    const lines = error.diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(
        ({ file, line, column, rule, message }) => `${file}:${line}:${column}: ${rule}: ${message}`,
      );
    return ['The settings can not be loaded:', ...lines].join('\n');
  }
  return null;
}
