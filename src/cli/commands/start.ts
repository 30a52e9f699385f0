import { configOrRefuse } from '#cli/config-or-refuse.ts';
import { exitCodes } from '#cli/exit-codes.ts';
import { tell } from '#cli/output.ts';
import { untilAskedToStop } from '#cli/until-asked-to-stop.ts';

export async function start(): Promise<number> {
  const config = configOrRefuse({ slack: 'needed' });
  const { startBot } = await import('#src/compose.ts');
  const bot = await startBot(config);
  tell(`Handrail runs. Web: ${bot.webUrl}`);
  if (bot.slack === 'silent') {
    tell('Slack does not answer. Alerts are taken and runs go on; Slack is tried again.');
  }
  await untilAskedToStop(bot);
  return exitCodes.ok;
}
