import { untilStopped } from '#cli/until-stopped.ts';
import { startBot } from '#src/compose.ts';
import { readConfig } from '#src/config.ts';

/** Runs the bot against Slack until it is stopped. */
export async function start(): Promise<number> {
  const read = readConfig(process.env);
  if ('problems' in read) {
    for (const problem of read.problems) process.stderr.write(`handrail: ${problem}\n`);
    return 3;
  }
  const bot = await startBot(read.config);
  process.stderr.write(`Handrail is connected to Slack. Health and webhooks: ${bot.webUrl}\n`);
  await untilStopped();
  process.stderr.write('Stopping: what runs is finished first.\n');
  await bot.close();
  return 0;
}
