import type { RunView } from '#app/use-cases.ts';
import { readInputs } from '#cli/check/read-inputs.ts';
import { CliError } from '#cli/cli-error.ts';
import { exitCodes } from '#cli/exit-codes.ts';
import { oneLine } from '#cli/one-line.ts';
import { print, tell } from '#cli/output.ts';
import { followRun, lookAt } from '#cli/run/follow-run.ts';
import { keepWorking } from '#cli/run/keep-working.ts';
import { openScreen } from '#cli/run/screen.ts';
import { openSession, type Session } from '#cli/run/session.ts';
import { usageError } from '#cli/usage-error.ts';
import type { RunMode } from '#domain/runbook/runbook.ts';
import type { RunMessage } from '#ports/chat-messages.ts';

export type RunOptions = {
  input?: Readonly<Record<string, string>>;
  mode: 'live' | 'dry-run' | 'drill';
  incident?: string;
  resume?: string;
  detach?: boolean;
  as?: string;
  practice: boolean;
};

/** Ends with the run: 0 when it succeeded. Left earlier, the run stays as it is, and can be resumed. */
export async function run(runbook: string | undefined, options: RunOptions): Promise<number> {
  if ((runbook === undefined) === (options.resume === undefined)) {
    throw usageError('name a runbook to start, or a run to go on with: --resume <run>.');
  }
  await using session = await openSession(options);
  const id = options.resume ?? (await start(session, runbook ?? '', options));
  const { message, incident } = await lookAt(session, id);
  const place = incident === null ? '' : ` in ${incident.id} (${oneLine(incident.title)})`;
  print(`${message.run}: ${oneLine(message.title)}${place}, as ${session.by.name}`);
  const again = `handrail run --resume ${message.run}${session.flags}`;
  if (options.detach === true) {
    const works = await session.isAnyoneWorking();
    tell(
      `${works ? 'It goes on.' : 'No bot is running, so it waits for one.'} To see it: ${again}`,
    );
    return exitCodes.ok;
  }

  const ended = await followHere(session, message);
  if (ended === null) {
    tell(`Left as it is. To go on: ${again}`);
    if (session.isWorking()) tell('What is under way here is finished first, within 10 s.');
    return exitCodes.left;
  }
  print(`${oneLine(message.title)}: ${ended.message.status}`);
  return ended.message.status === 'succeeded' ? exitCodes.ok : exitCodes.no;
}

/** Follows the run, and works on it while nobody else does. */
async function followHere(
  session: Session,
  { run: id, endedAt }: RunMessage,
): Promise<RunView | null> {
  const left = new AbortController();
  if (endedAt !== null) left.abort();
  using screen = openScreen();
  const working = keepWorking(session, left.signal, () => {
    screen.lines([
      'No bot is running: this terminal does the work. Messages to Slack wait for it.',
    ]);
  });
  try {
    return await Promise.race([followRun(session, screen, id), failed(working)]);
  } finally {
    left.abort();
    await working;
  }
}

async function start(session: Session, runbook: string, options: RunOptions): Promise<string> {
  const { useCases, by } = session;
  const found = session.findRunbook(runbook);
  const values =
    found === null
      ? {}
      : await readInputs(found.runbook, {
          typed: options.input ?? {},
          file: undefined,
          defaults: found.defaults,
        });
  const reply = await useCases.startRunbook({
    by,
    origin: { channel: null, message: null },
    runbook,
    values,
    mode: modes[options.mode],
    ...(options.incident !== undefined && { incident: options.incident }),
  });
  if (reply.kind === 'done' && reply.run !== undefined) return reply.run;
  throw new CliError(
    reply.kind === 'refused' ? oneLine(reply.message) : 'It could not be started.',
  );
}

const modes = { live: 'live', 'dry-run': 'dryRun', drill: 'drill' } as const satisfies Record<
  RunOptions['mode'],
  RunMode
>;

/** Never resolves; rejects if the work does. */
async function failed(work: Promise<void>): Promise<never> {
  await work;
  return new Promise(() => {});
}
