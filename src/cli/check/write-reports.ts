import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { CheckReport } from '#app/check/report.ts';
import { CliError } from '#cli/cli-error.ts';
import { jsonText, print, printPainted } from '#cli/output.ts';
import { usageError } from '#cli/usage-error.ts';

export const formats = ['text', 'json', 'junit', 'github'] as const;
export type Format = (typeof formats)[number];

/** Null: stdout. */
export type Output = { format: Format; file: string | null };

export type Written = {
  /** The file of the runbook. */
  file: string;
  inconclusive: 'fail' | 'warn';
  scrub: (text: string) => string;
};

/** `junit=report.xml`; several are written from one check. */
export function readOutput(text: string): Output {
  const at = text.indexOf('=');
  const format = formats.find((one) => one === text.slice(0, at));
  if (at > 0 && format !== undefined && at < text.length - 1) {
    return { format, file: text.slice(at + 1) };
  }
  throw usageError(`--output is written format=file, with ${formats.join(', ')}; not '${text}'.`);
}

export async function writeReports(
  report: CheckReport,
  outputs: readonly Output[],
  given: Written,
): Promise<void> {
  for (const { format, file } of outputs) {
    const text = given.scrub(await rendered(report, format, given, file === null));
    if (file === null) {
      if (format === 'text') printPainted(text);
      else print(text);
      continue;
    }
    await writeFile(file, text.endsWith('\n') || text === '' ? text : `${text}\n`).catch(
      (cause: unknown) => {
        throw new CliError(
          `The report ${file} can't be written. Check its folder and its rights.`,
          {
            cause,
          },
        );
      },
    );
  }
}

async function rendered(
  report: CheckReport,
  format: Format,
  { file, inconclusive }: Written,
  onScreen: boolean,
): Promise<string> {
  switch (format) {
    case 'text': {
      const { textReport } = await import('./text-report.ts');
      const colored = onScreen && process.stdout.isTTY && !process.env['NO_COLOR'];
      return textReport(report, { colored });
    }
    case 'json':
      return jsonText({ schemaVersion: 1, ...report });
    case 'junit':
      return (await import('./junit-report.ts')).junitReport(report, { inconclusive });
    case 'github': {
      const [{ githubReport }, { placesIn }] = await Promise.all([
        import('./github-report.ts'),
        import('./places.ts'),
      ]);
      const placeOf = await placesIn(file, path.relative(process.cwd(), file));
      return githubReport(report, { placeOf, inconclusive });
    }
    default:
      return format satisfies never;
  }
}
