import { slackVariables } from '#src/config.ts';

/** What `npm start` does: the bot if Slack's variables are set, practice if none is. */
export async function up(): Promise<number> {
  const slack = slackVariables(process.env);
  if (typeof slack === 'object') {
    process.stderr.write(`handrail: ${slack.missing}\n`);
    return 3;
  }
  if (slack === 'complete') {
    const { start } = await import('./start.ts');
    return start();
  }
  const { practice } = await import('./practice.ts');
  return practice({ auto: false, scenario: 'bad-gateway-url', format: 'text' });
}
