import { isCancel, password } from '@clack/prompts';

import { CliError } from '#cli/cli-error.ts';
import { configOrRefuse } from '#cli/config-or-refuse.ts';
import { exitCodes } from '#cli/exit-codes.ts';
import { print } from '#cli/output.ts';
import { openSession } from '#cli/run/session.ts';
import { tokenFile, writeToken } from '#cli/run/token-file.ts';

/** Keeps the token that Slack gave, from a prompt or from stdin: in no history, in no list of processes. */
export async function saveToken(): Promise<number> {
  const { env } = configOrRefuse({ slack: 'unused' });
  const typed = process.stdin.isTTY
    ? await password({ message: 'The token from /incident token' })
    : await readFirstLine();
  if (isCancel(typed)) return exitCodes.left;
  const token = typed.trim();
  if (!/^hrt_\w{40}$/.test(token)) {
    throw new CliError('That is no token: one begins with hrt_ and has 44 characters.');
  }
  const file = tokenFile(env);
  await writeToken(file, token);
  print(`Kept in ${file}, where only you can read it. handrail token shows whose it is.`);
  return exitCodes.ok;
}

/** Who one is here, as the database knows it. */
export async function showToken(): Promise<number> {
  await using session = await openSession({ practice: false });
  print(`You are ${session.by.name} (${session.by.id}).`);
  return exitCodes.ok;
}

async function readFirstLine(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > 4_096) break;
  }
  return text.split('\n')[0] ?? '';
}
