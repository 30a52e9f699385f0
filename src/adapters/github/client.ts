import { isDeepStrictEqual } from 'node:util';

import { createAppAuth } from '@octokit/auth-app';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';

import type { ConnectionSettings } from '#domain/runbook/settings.ts';
import type { Repository } from '#ports/code-host.ts';
import type { Outbound } from '#ports/outbound.ts';
import { PortError } from '#ports/port-error.ts';
import type { Secrets } from '#ports/secrets.ts';

import { connectionOf, type Connection } from './connection.ts';
import { failureOf } from './failure.ts';
import { createGateFetch } from './gate-fetch.ts';

export type ClientDeps = {
  outbound: Outbound;
  secrets: Secrets;
  connections: () => Readonly<Record<string, ConnectionSettings>>;
  /**
   * GitHub asks for a second between writes, and three between those that notify people. `hurried`
   * leaves that out, and counts its seconds as milliseconds.
   */
  pace?: 'asked' | 'hurried';
};

/** What every call gets, beside its own parameters. */
export type Place = { owner: string; repo: string; request: { signal: AbortSignal } };

/** Makes one call, or several that belong together, at a repository. */
export type Call = <T>(
  repository: Repository,
  signal: AbortSignal,
  work: (octokit: Octokit, place: Place) => Promise<T>,
) => Promise<T>;

export type Client = {
  call: Call;
  /** The login that what we write is signed with. */
  login: (repository: Repository, signal: AbortSignal) => Promise<string>;
};

const PatientOctokit = Octokit.plugin(retry, throttling);

/** Reads that failed are repeated, two times; a write never is: whoever makes it looks for it first. */
const READ_RETRIES = 2;
/** Longer than this nobody waits for GitHub's limits; the caller is told, and may come back. */
const LONGEST_WAIT_SECONDS = 60;

type Known = { connection: Connection; octokit: Octokit; login: string | null };

export function createClient(deps: ClientDeps): Client {
  const clients = new Map<string, Known>();

  /** A credential that was rotated makes another client. */
  function clientOf(name: string): Known {
    const connection = connectionOf(deps, name);
    const known = clients.get(name);
    if (known !== undefined && isDeepStrictEqual(known.connection, connection)) return known;
    const made = { connection, octokit: createOctokit(deps, connection), login: null };
    clients.set(name, made);
    return made;
  }

  const call: Call = async ({ connection, name }, signal, work) => {
    signal.throwIfAborted();
    const { octokit } = clientOf(connection);
    const [owner = '', repo = ''] = name.split('/');
    try {
      return await untilAborted(work(octokit, { owner, repo, request: { signal } }), signal);
    } catch (error) {
      signal.throwIfAborted();
      throw failureOf(error, connection);
    }
  };

  return {
    call,
    async login(repository, signal) {
      const client = clientOf(repository.connection);
      client.login ??= await call(repository, signal, async (octokit, { request }) => {
        if (client.connection.kind === 'token') {
          return (await octokit.rest.users.getAuthenticated({ request })).data.login;
        }
        const { data } = await octokit.rest.apps.getAuthenticated({ request });
        if (data?.slug === undefined) throw unnamed(repository.connection);
        return `${data.slug}[bot]`;
      });
      return client.login;
    },
  };
}

function createOctokit(deps: ClientDeps, connection: Connection): Octokit {
  const hurried = deps.pace === 'hurried';
  const octokit = new PatientOctokit({
    baseUrl: connection.url,
    userAgent: 'handrail',
    ...credentials(connection),
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    request: { fetch: createGateFetch(deps.outbound) },
    retry: {
      retries: READ_RETRIES,
      doNotRetry: [400, 401, 403, 404, 409, 410, 422, 429, 451],
      ...(hurried && { retryAfterBaseValue: 1 }),
    },
    throttle: {
      id: connection.name,
      onRateLimit: waits,
      onSecondaryRateLimit: waits,
      ...(hurried && unpaced),
    },
  });
  octokit.hook.before('request', (options) => {
    if (options.method !== 'GET') options.request.retries = 0;
  });
  return octokit;
}

function credentials(connection: Connection) {
  if (connection.kind === 'token') return { auth: connection.token };
  const { id: appId, key: privateKey, installation: installationId } = connection;
  return { authStrategy: createAppAuth, auth: { appId, privateKey, installationId } };
}

/** What was refused for its pace was not done, so waiting and repeating is right even for a write. */
function waits(retryAfter: number, _options: object, _octokit: unknown, retryCount: number) {
  return retryCount < READ_RETRIES && retryAfter <= LONGEST_WAIT_SECONDS;
}

const noQueue = {
  key: () => ({ schedule: (_options: object, work: () => Promise<void>) => work() }),
};
const unpaced: object = { retryAfterBaseValue: 1, write: noQueue, notifications: noQueue };

/** Octokit's own waits know no signal. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function unnamed(connection: string): PortError {
  const message = `GitHub does not say which App the connection ${connection} is.`;
  return new PortError('github.credentials', message, { retry: false });
}

function ignore(): void {}
