import { CliError } from '#cli/cli-error.ts';
import { tell } from '#cli/output.ts';
import { slackVariables } from '#src/config.ts';

/** What `npm start` does: the bot where Slack is set up, practice where nothing of it is. */
export async function up(): Promise<number> {
  const slack = slackVariables(process.env);
  if (typeof slack === 'object') {
    throw new CliError(`${slack.missing} Set it, or unset all SLACK_ variables to practice.`);
  }
  if (slack === 'complete') return (await import('./start.ts')).start();
  tell('No SLACK_ variable is set, so this is practice: nothing leaves this machine.');
  return (await import('./practice.ts')).practice({ format: 'text' });
}
