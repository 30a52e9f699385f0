import { exitCodes } from '#cli/exit-codes.ts';
import { oneLine } from '#cli/one-line.ts';
import { print, printJson, tell as progress } from '#cli/output.ts';
import { styled } from '#cli/run/style.ts';
import type { Finding } from '#ports/self-check.ts';
import { readConfig } from '#src/config.ts';
import { examine } from '#src/doctor/examine.ts';
import { problem } from '#src/doctor/finding.ts';

const worded = { ok: 'OK', problem: 'Problem', notSet: 'Not set' } as const;
const formats = { ok: 'green', problem: 'red', notSet: 'dim' } as const;

/** Looks at everything that Handrail needs, and changes nothing. */
export async function doctor({ format }: { format: 'text' | 'json' }): Promise<number> {
  const findings: Finding[] = [];
  const tell = (found: readonly Finding[]): void => {
    findings.push(...found);
    if (format === 'text') for (const finding of found) print(lineOf(finding));
  };
  const read = readConfig(process.env, { slack: 'optional' });
  if ('problems' in read) {
    tell(read.problems.map((text) => problem('configuration', text)));
  } else {
    progress('Asking Slack, the database and each connection …');
    tell(await examine(read.config));
  }
  const healthy = findings.every(({ status }) => status !== 'problem');
  if (format === 'json') printJson({ schemaVersion: 1, ok: healthy, findings });
  return healthy ? exitCodes.ok : exitCodes.no;
}

function lineOf({ area, status, text }: Finding): string {
  return `${styled(formats[status], worded[status].padEnd(8))} ${area.padEnd(24)} ${oneLine(text)}`;
}
