import { connectionFindings } from '#cli/doctor/connections.ts';
import { databaseFindings } from '#cli/doctor/database.ts';
import { type Finding, notSet, ok, problem } from '#cli/doctor/finding.ts';
import { runbookFindings } from '#cli/doctor/runbooks.ts';
import { slackFindings } from '#cli/doctor/slack.ts';
import { exitCodes } from '#cli/exit-codes.ts';
import { oneLine } from '#cli/one-line.ts';
import { print, printJson, tell as progress } from '#cli/output.ts';
import { styled } from '#cli/run/style.ts';
import { type Config, readConfig } from '#src/config.ts';

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
    await examine(read.config, tell);
  }
  const healthy = findings.every(({ status }) => status !== 'problem');
  if (format === 'json') printJson({ schemaVersion: 1, ok: healthy, findings });
  return healthy ? exitCodes.ok : exitCodes.no;
}

async function examine(config: Config, tell: (found: readonly Finding[]) => void): Promise<void> {
  tell([ok('configuration', 'can be read')]);
  const { settings, findings } = await runbookFindings(config);
  tell(findings);
  progress('Asking Slack, the database and each connection …');
  const asked = await Promise.all([
    slackFindings(config),
    databaseFindings(config),
    settings === null ? [] : connectionFindings(settings, config),
  ]);
  tell(asked.flat());
  const { alertmanagerTokens, grafanaTokens, pagerDutySecrets } = config;
  if ([...alertmanagerTokens, ...grafanaTokens, ...pagerDutySecrets].length === 0) {
    tell([notSet('alerts', 'HANDRAIL_ALERTMANAGER_TOKEN and the other sources: no webhook is on')]);
  }
}

function lineOf({ area, status, text }: Finding): string {
  return `${styled(formats[status], worded[status].padEnd(8))} ${area.padEnd(24)} ${oneLine(text)}`;
}
