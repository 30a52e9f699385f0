import { CliError } from '#cli/cli-error.ts';
import { configOrRefuse } from '#cli/config-or-refuse.ts';
import { exitCodes } from '#cli/exit-codes.ts';
import { print, tell } from '#cli/output.ts';
import { untilAskedToStop } from '#cli/until-asked-to-stop.ts';
import { scenarios } from '#practice/scenarios/registry.ts';
import type { Scenario } from '#practice/scenarios/scenario.ts';

export type PracticeOptions = {
  auto?: boolean;
  scenario?: string;
  seed?: number;
  format: 'text' | 'json';
};

export async function practice(options: PracticeOptions): Promise<number> {
  const scenario = scenarioNamed(options.scenario);
  const config = configOrRefuse({ slack: 'unused' });
  const { startPractice } = await import('#src/practice-mode.ts');
  const running = await startPractice(config);
  print(`Practice Slack: ${running.pageUrl}`);
  tell(`${scenario.title}. Open the page and answer it; Ctrl-C ends practice.`);
  await scenario.begin(running.shop.controlUrl);
  await untilAskedToStop(running);
  return exitCodes.ok;
}

function scenarioNamed(name: string | undefined): Scenario {
  const found = name === undefined ? scenarios[0] : scenarios.find((one) => one.name === name);
  if (found !== undefined) return found;
  const known = scenarios.map((one) => one.name).join(', ');
  throw new CliError(`There is no scenario ${JSON.stringify(name)}. There are: ${known}.`);
}
