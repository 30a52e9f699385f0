import { readBytes } from '#adapters/files/runbook-folder.ts';
import { exitCodes } from '#cli/exit-codes.ts';
import { type Findings, lintPaths } from '#cli/lint/lint-paths.ts';
import { print, printJson, tell } from '#cli/output.ts';
import { usualFolder } from '#cli/usual-folder.ts';
import { formatDiagnostics } from '#domain/runbook/format-diagnostics.ts';
import { decode } from '#domain/runbook/yaml/decode.ts';

type Format = 'text' | 'json' | 'sarif' | 'github';
type Options = { format: Format; strict?: boolean; watch?: boolean };

/** Errors are findings; warnings are shown, and count with `--strict`. */
export async function lint(paths: readonly string[], options: Options): Promise<number> {
  const usual = process.env['HANDRAIL_RUNBOOKS'] || 'runbooks';
  const given = paths.length === 0 ? [await usualFolder(usual)] : paths;
  if (options.watch !== true) return lintOnce(given, options);
  const { lintAgain } = await import('#cli/lint/lint-again.ts');
  return lintAgain(given, () => lintOnce(given, options));
}

async function lintOnce(
  paths: readonly string[],
  { format, strict = false }: Options,
): Promise<number> {
  const findings = await lintPaths(paths, today());
  await write(findings, format);
  for (const note of findings.notes) tell(note);

  const { diagnostics, files } = findings;
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  tell(`${count(errors, 'error')} and ${count(warnings, 'warning')} in ${count(files, 'file')}`);
  return errors > 0 || (strict && warnings > 0) ? exitCodes.no : exitCodes.ok;
}

async function write({ diagnostics }: Findings, format: Format): Promise<void> {
  switch (format) {
    case 'json':
      printJson({
        schemaVersion: 1,
        diagnostics: diagnostics.map(({ hint = null, ...found }) => ({ ...found, hint })),
      });
      return;
    case 'sarif':
      printJson((await import('#cli/lint/sarif-log.ts')).sarifLog(diagnostics));
      return;
    case 'github':
      print((await import('#cli/lint/github-annotations.ts')).githubAnnotations(diagnostics));
      return;
    case 'text': {
      const texts = new Map<string, string>();
      for (const file of new Set(diagnostics.map((found) => found.file))) {
        const bytes = readBytes(file);
        if (bytes !== null) texts.set(file, decode(bytes).text);
      }
      const text = formatDiagnostics(diagnostics, (file) => texts.get(file) ?? null);
      print(text);
      return;
    }
    default:
      return format satisfies never;
  }
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
