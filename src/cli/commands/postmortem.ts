import { CliError } from '#cli/cli-error.ts';
import { exitCodes } from '#cli/exit-codes.ts';
import { print } from '#cli/output.ts';
import { openRecord } from '#cli/record.ts';
import { postMortem } from '#domain/timeline/post-mortem.ts';
import { stakeholderMessage } from '#domain/timeline/stakeholder-message.ts';

export async function postmortem(
  id: string,
  { stakeholders = false, practice }: { stakeholders?: boolean; practice: boolean },
): Promise<number> {
  await using record = await openRecord({ practice });
  const events = await record.events(id);
  const text = stakeholders ? stakeholderMessage(id, events) : postMortem(id, events);
  if (text === null) {
    throw new CliError(
      `${JSON.stringify(id)} is a run outside of an incident: handrail timeline shows it.`,
    );
  }
  print(text);
  return exitCodes.ok;
}
