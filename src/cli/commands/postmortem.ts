import { CliError } from '#cli/cli-error.ts';
import { exitCodes } from '#cli/exit-codes.ts';
import { print, tell } from '#cli/output.ts';
import { openRecord, type OpenRecord } from '#cli/record.ts';
import { usageError } from '#cli/usage-error.ts';
import { postMortem } from '#domain/timeline/post-mortem.ts';
import type { RecordedEvent } from '#domain/timeline/recorded-event.ts';
import { stakeholderMessage } from '#domain/timeline/stakeholder-message.ts';

type Options = { stakeholders?: boolean; pr?: boolean; practice: boolean };

export async function postmortem(
  id: string,
  { stakeholders = false, pr = false, practice }: Options,
): Promise<number> {
  if (stakeholders && pr) {
    throw usageError('--pr is for the post-mortem, and --stakeholders writes another text.');
  }
  await using record = await openRecord({ practice });
  const events = await record.events(id);
  const text = stakeholders ? stakeholderMessage(id, events) : postMortem(id, events);
  if (text === null) {
    throw new CliError(
      `${JSON.stringify(id)} is a run outside of an incident: handrail timeline shows it.`,
    );
  }
  if (pr) await propose(record, id, events);
  else print(text);
  return exitCodes.ok;
}

/** Asked for again it is the same pull request, and the record has it once. */
async function propose(
  { store }: OpenRecord,
  id: string,
  events: readonly RecordedEvent[],
): Promise<void> {
  const { exportToCodeHost } = await import('#src/compose-export.ts');
  tell('Writing the pull request; this takes some seconds.');
  const { pullRequest, issues } = await exportToCodeHost(store, id, events);
  print(
    [
      `Pull request #${pullRequest.number}: ${pullRequest.url}`,
      ...issues.map(({ number, url }) => `Follow-up #${number}: ${url}`),
    ].join('\n'),
  );
}
