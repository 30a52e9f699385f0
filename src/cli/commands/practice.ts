import { createInterface } from 'node:readline';

import { untilStopped } from '#cli/until-stopped.ts';
import { scenarios } from '#practice/scenarios/registry.ts';
import { practiceConfig } from '#src/config.ts';
import { autoText } from '#src/practice-auto-text.ts';
import { playPractice } from '#src/practice-auto.ts';
import { startPractice } from '#src/practice-mode.ts';

export type PracticeOptions = { auto: boolean; scenario: string; format: 'text' | 'json' };

/** Exit 0 when checkout takes orders again, or when a person ends practice. */
export async function practice(options: PracticeOptions): Promise<number> {
  const config = practiceConfig(process.env);
  const progress = (text: string) => process.stderr.write(`· ${text}\n`);
  if (!options.auto) return live(config, progress);

  const result = await playPractice(config, { scenario: options.scenario, progress });
  process.stdout.write(
    options.format === 'json' ? `${JSON.stringify(result, null, 2)}\n` : autoText(result),
  );
  return result.restored ? 0 : 1;
}

async function live(
  config: ReturnType<typeof practiceConfig>,
  progress: (text: string) => void,
): Promise<number> {
  progress('Starting PostgreSQL, the practice shop, the practice Slack and the bot');
  const running = await startPractice(config);
  process.stdout.write(
    [
      '',
      'Practice is running: a small shop that takes orders, a practice Slack, and the bot between them.',
      '',
      `  1. Open ${running.pageUrl}  (you are Ana; the menu on the left makes you somebody else)`,
      '  2. Type «break» here and press Enter: it deploys build 1842 with a wrong gateway address.',
      '  3. In seconds an incident channel opens in Slack. Press what is recommended;',
      '     become Ben to approve the rollback.',
      '',
      'In Slack: /incident declare …, /incident status, /runbook list, @handrail note …',
      'To stop: Ctrl-C.',
      '',
    ].join('\n'),
  );
  const lines = createInterface({ input: process.stdin, terminal: false });
  lines.on('line', (line) => {
    if (line.trim() !== 'break') return;
    const [scenario] = scenarios;
    scenario?.begin(running.shop.controlUrl).then(
      () => progress('Build 1842 is being deployed. Watch Slack.'),
      (error: unknown) =>
        progress(error instanceof Error ? error.message : 'It could not be deployed.'),
    );
  });
  await untilStopped();
  lines.close();
  progress('Stopping');
  await running.close();
  return 0;
}
