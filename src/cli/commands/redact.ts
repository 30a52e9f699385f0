import { confirm } from '@clack/prompts';

import { CliError } from '#cli/cli-error.ts';
import { exitCodes } from '#cli/exit-codes.ts';
import { oneLine } from '#cli/one-line.ts';
import { print, tell, tellProblem } from '#cli/output.ts';
import { openSession, type SessionOptions } from '#cli/run/session.ts';

/** Takes the text of an entry out of the record; without an entry, lists those that have one. */
export async function redact(
  id: string,
  entry: string | undefined,
  options: SessionOptions & { yes?: boolean },
): Promise<number> {
  if (entry !== undefined && !/^[1-9]\d{0,8}$/.test(entry)) {
    throw new CliError(
      `An entry is a number, not ${JSON.stringify(entry)}: see handrail redact ${id}`,
    );
  }
  await using session = await openSession(options);
  const { useCases, by } = session;
  const written = await useCases.writtenEntries({ by, id });
  if ('kind' in written) throw new CliError(oneLine(written.message));
  if (written.length === 0) {
    tellProblem(`Nobody wrote anything in ${JSON.stringify(id)}, or it is not on record.`);
    return entry === undefined ? exitCodes.ok : exitCodes.no;
  }
  const found = written.filter(({ seq }) => entry === undefined || seq === Number(entry));
  for (const { seq, at, actor, text } of found) {
    print(
      `${String(seq).padStart(4)}  ${at.slice(0, 19)}Z  ${oneLine(actor.name)}: ${oneLine(text)}`,
    );
  }
  if (entry === undefined) return exitCodes.ok;

  if (options.yes !== true) {
    if (!process.stdin.isTTY) {
      throw new CliError('This was only shown. To take it out without being asked: --yes');
    }
    const message = 'Take its text out for ever? Nobody can bring it back.';
    if ((await confirm({ message, initialValue: false })) !== true) {
      tell('Nothing was done.');
      return exitCodes.left;
    }
  }
  const reply = await useCases.redactEntry({ by, id, entry: Number(entry) });
  if (reply.kind === 'done') {
    print(reply.text ?? '');
    return exitCodes.ok;
  }
  tellProblem(reply.kind === 'refused' ? oneLine(reply.message) : 'It could not be done.');
  if (reply.kind === 'refused' && reply.code === 'entry.not-yours') {
    for (const doubt of session.doubts()) tellProblem(doubt);
  }
  return exitCodes.no;
}
