import { embeddedDatabase } from '#adapters/store/embedded-database.ts';
import { CliError } from '#cli/cli-error.ts';
import { configOrRefuse } from '#cli/config-or-refuse.ts';
import { notPractising, runningPractice } from '#cli/running-practice.ts';
import { usageError } from '#cli/usage-error.ts';
import { whileWaiting } from '#cli/while-waiting.ts';
import type { PersonRef } from '#ports/chat-messages.ts';
import { workplace } from '#practice/people.ts';
import { openTerminal, type Terminal } from '#src/compose-terminal.ts';
import type { Config } from '#src/config.ts';

import { readToken, tokenFile } from './token-file.ts';

export type SessionOptions = { practice: boolean; as?: string };

/** The product and who is in front of it. */
export type Session = Terminal & {
  by: PersonRef;
  /** The flags that each further command of this person needs, too. */
  flags: string;
  /** As `flags`, for somebody else. */
  flagsOfOthers: string;
};

export function openSession(who: SessionOptions): Promise<Session> {
  return whileWaiting('Opening the record …', () => open(who));
}

async function open({ practice, as }: SessionOptions): Promise<Session> {
  if (as !== undefined && !practice) {
    throw usageError('--as is for practice. Elsewhere a token says who you are: handrail token.');
  }
  await using opened = new AsyncDisposableStack();
  let config = quiet(configOrRefuse({ slack: practice ? 'unused' : 'optional' }));
  if (practice) {
    const { overlay } = runningPractice(config.folder);
    const embedded = await embeddedDatabase(config.folder, 'practice');
    opened.defer(() => embedded.close());
    config = { ...config, databaseUrl: embedded.url, overlay };
  }
  const terminal = opened.use(await openTerminal(config));
  if (practice && !(await terminal.isAnyoneWorking())) throw notPractising();
  const by = practice ? practising(as) : await personOfToken(terminal, config);
  terminal.vouchFor(by);
  const parts = opened.move();
  return {
    ...terminal,
    by,
    flags: practice ? ` --practice --as ${by.name}` : '',
    flagsOfOthers: practice ? ' --practice --as …' : '',
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

/** Log lines would tear up the screen; who wants them says so. */
function quiet(config: Config): Config {
  return config.env['HANDRAIL_LOG_LEVEL'] ? config : { ...config, logLevel: 'silent' };
}

function practising(as: string | undefined): PersonRef {
  const { people = [] } = workplace;
  const names = people.map(({ name }) => name).join(', ');
  if (as === undefined) throw new CliError(`Who are you in practice? --as with one of ${names}.`);
  const found = people.find(({ id, name }) => id === as || name === as.replace(/^@/, ''));
  if (found !== undefined) return { id: found.id, name: found.name };
  throw new CliError(`Nobody is called ${JSON.stringify(as)} in practice. Known: ${names}.`);
}

async function personOfToken({ useCases }: Terminal, config: Config): Promise<PersonRef> {
  const token = config.token ?? (await readToken(tokenFile(config.env)));
  if (token === null || token === '') {
    throw new CliError(
      'Nobody knows who you are. Get a token in Slack with /incident token, before the day that you need it, and keep it with handrail token save; or set HANDRAIL_TOKEN.',
    );
  }
  const found = await useCases.personOfToken({ token });
  if (found.kind === 'refused') throw new CliError(found.message);
  return found.person;
}
