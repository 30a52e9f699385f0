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
  scenarios?: boolean;
  seed?: number;
  format: 'text' | 'json';
};

/** Ends with 0 when checkout takes orders again, and when a person ends practice. */
export async function practice(options: PracticeOptions): Promise<number> {
  if (options.scenarios === true) {
    const all = Object.values(scenarios);
    print(all.map(({ name, title, sentence }) => `${name}\n  ${title}. ${sentence}`).join('\n\n'));
    return exitCodes.ok;
  }
  const scenario = scenarios[options.scenario ?? scenarioNames[0]];
  const config = practiceConfig();
  const { seed } = options;
  if (options.auto !== true) return answeredByPeople(config, { scenario, seed });

  const { playPractice } = await import('#src/practice-auto.ts');
  const { autoText } = await import('#src/practice-auto-text.ts');
  const result = await playPractice(config, { scenario, seed }, (text) => tell(`· ${text}`));
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

async function answeredByPeople(
  config: Config,
  { scenario, seed }: { scenario: Scenario; seed: number | undefined },
): Promise<number> {
  const { startPractice } = await import('#src/practice-mode.ts');
  const { debriefEach } = await import('#src/practice-debriefs.ts');
  tell('· Starting PostgreSQL, the practice shop, the practice Slack and the bot');
  const running = await startPractice(config, { seed });
  print(
    [
      '',
      'Practice is running: a small shop that takes orders, a practice Slack, and the bot between them.',
      '',
      `  1. Open ${running.pageUrl} (you are Ana there, with the shop beside you).`,
      `  2. Break the shop there, or type «break» here and press Enter. ${scenario.title}.`,
      '  3. Within seconds there is something in Slack. Press what is recommended; be Ben to approve it.',
      ...scenario.chores.map(({ word, meaning }) => `     Type «${word}» here, and ${meaning}.`),
      '',
      'In Slack: /incident declare, /incident status, /runbook list, @handrail note …',
      'To stop: Ctrl-C.',
      '',
    ].join('\n'),
  );
  const lines = createInterface({ input: process.stdin, terminal: false });
  lines.on('line', (line) => {
    const word = line.trim();
    const chore = scenario.chores.find((one) => one.word === word);
    const { controlUrl } = running.shop;
    if (word === 'break') {
      said(scenario.begin(controlUrl), `${scenario.begun} Watch Slack.`);
    } else if (chore !== undefined) {
      said(chore.done(controlUrl), `Done: ${chore.meaning}.`);
    } else if (word !== '') {
      const words = ['break', ...scenario.chores.map((one) => one.word)];
      tell(`· Here is ${words.map((one) => `«${one}»`).join(' and ')}; the rest is in Slack.`);
    }
  });
  const over = new AbortController();
  const debriefs = debriefEach(running, {
    tell: (text) => print(['', ...text, ''].join('\n')),
    signal: over.signal,
  }).catch((error: unknown) => tell(`· There will be no debrief: ${wordsOf(error)}`));
  await untilAskedToStop({
    async close() {
      over.abort();
      await debriefs;
      await running.close();
    },
  });
  lines.close();
  return exitCodes.ok;
}

function said(done: Promise<void>, text: string): void {
  done.then(
    () => tell(`· ${text}`),
    (error: unknown) => tell(`· ${wordsOf(error)}`),
  );
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
