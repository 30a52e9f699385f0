import type { Diagnostic } from '#domain/diagnostic.ts';

/** Workflow commands that GitHub Actions shows in the pull request, at the line. */
export function githubAnnotations(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .map(({ file, line, column, endLine, endColumn, severity, rule, message, hint }) => {
      // Columns count only for a place within one line.
      const columns = line === endLine ? { col: column, endColumn } : {};
      const place = Object.entries({ file, line, endLine, ...columns, title: rule })
        .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
        .join(',');
      const text = hint === undefined ? message : `${message}\n${hint}`;
      return `::${severity} ${place}::${escapeData(text)}\n`;
    })
    .join('');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
