import { createInterface } from 'node:readline';

import { configOrRefuse } from '#cli/config-or-refuse.ts';
import { exitCodes } from '#cli/exit-codes.ts';
import { print, tell } from '#cli/output.ts';
import { untilAskedToStop } from '#cli/until-asked-to-stop.ts';
import { type ScenarioName, scenarioNames } from '#practice/scenarios/names.ts';
import { scenarios } from '#practice/scenarios/registry.ts';
import type { Scenario } from '#practice/scenarios/scenario.ts';
import type { Config } from '#src/config.ts';

export type PracticeOptions = {
  auto?: boolean;
  scenario?: ScenarioName;
  seed?: number;
  format: 'text' | 'json';
};

/** Ends with 0 when checkout takes orders again, and when a person ends practice. */
export async function practice(options: PracticeOptions): Promise<number> {
  const scenario = scenarios[options.scenario ?? scenarioNames[0]];
  const config = practiceConfig();
  if (options.auto !== true) return answeredByPeople(config, scenario);

  const { playPractice } = await import('#src/practice-auto.ts');
  const { autoText } = await import('#src/practice-auto-text.ts');
  const result = await playPractice(config, scenario, (text) => tell(`· ${text}`));
  print(options.format === 'json' ? JSON.stringify(result, null, 2) : autoText(result));
  return result.restored ? exitCodes.ok : exitCodes.no;
}

/** Practice has its own Slack, database and ports; what may be set of the rest is set as always. */
function practiceConfig(): Config {
  const config = configOrRefuse({ slack: 'unused' });
  return {
    ...config,
    databaseUrl: null,
    port: isSet('HANDRAIL_PORT') ? config.port : 0,
    logLevel: isSet('HANDRAIL_LOG_LEVEL') ? config.logLevel : 'error',
  };
}

function isSet(name: string): boolean {
  return (process.env[name] ?? '') !== '';
}

async function answeredByPeople(config: Config, scenario: Scenario): Promise<number> {
  const { startPractice } = await import('#src/practice-mode.ts');
  tell('· Starting PostgreSQL, the practice shop, the practice Slack and the bot');
  const running = await startPractice(config);
  print(
    [
      '',
      'Practice is running: a small shop that takes orders, a practice Slack, and the bot between them.',
      '',
      `  1. Open ${running.pageUrl} : a Slack in which you are Ana, with the shop beside it.`,
      `  2. Break the shop there, or type «break» here and press Enter. ${scenario.title}.`,
      '  3. Within seconds an incident channel opens. Press what is recommended; be Ben to approve it.',
      '',
      'In Slack: /incident declare, /incident status, /runbook list, @handrail note …',
      'To stop: Ctrl-C.',
      '',
    ].join('\n'),
  );
  const lines = createInterface({ input: process.stdin, terminal: false });
  lines.on('line', (line) => {
    if (line.trim() !== 'break') return;
    scenario.begin(running.shop.controlUrl).then(
      () => tell(`· ${scenario.begun} Watch Slack.`),
      (error: unknown) => tell(error instanceof Error ? error.message : 'It could not be broken.'),
    );
  });
  await untilAskedToStop(running);
  lines.close();
  return exitCodes.ok;
}
