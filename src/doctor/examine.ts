import type { Settings } from '#domain/runbook/settings.ts';
import type { Finding } from '#ports/self-check.ts';
import type { Config } from '#src/config.ts';

import { connectionFindings } from './connections.ts';
import { databaseFindings } from './database.ts';
import { notSet, ok } from './finding.ts';
import { runbookFindings } from './runbooks.ts';
import { slackFindings } from './slack.ts';
import { workspaceFindings } from './workspace.ts';

/** Looks at everything that Handrail needs, and changes nothing. */
export async function examine(config: Config): Promise<Finding[]> {
  const { settings, findings } = await runbookFindings(config);
  const asked = await Promise.all([
    allOfSlack(settings, config),
    databaseFindings(config),
    settings === null ? [] : connectionFindings(settings, config),
  ]);
  const { alertmanagerTokens, grafanaTokens, pagerDutySecrets } = config;
  const alerts =
    [...alertmanagerTokens, ...grafanaTokens, ...pagerDutySecrets].length === 0
      ? [notSet('alerts', 'HANDRAIL_ALERTMANAGER_TOKEN and the other sources: no webhook is on')]
      : [];
  return [ok('configuration', 'can be read'), ...findings, ...asked.flat(), ...alerts];
}

async function allOfSlack(settings: Settings | null, config: Config): Promise<Finding[]> {
  const { takesToken, findings } = await slackFindings(config);
  if (!takesToken || settings === null) return findings;
  return [...findings, ...(await workspaceFindings(settings, config))];
}
