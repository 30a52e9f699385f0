import { isDeepStrictEqual } from 'node:util';

import type { Octokit } from '@octokit/rest';

import type { ConnectionSettings } from '#domain/runbook/settings.ts';
import type { Repository } from '#ports/code-host.ts';
import type { Outbound } from '#ports/outbound.ts';
import { PortError } from '#ports/port-error.ts';
import type { Secrets } from '#ports/secrets.ts';

import { connectionOf, type Connection } from './connection.ts';
import { failureOf } from './failure.ts';

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

type Known = { connection: Connection; octokit: Octokit; login: string | null };

export function createClient(deps: ClientDeps): Client {
  const clients = new Map<string, Known>();

  /** A credential that was rotated makes another client. Octokit is loaded by whoever needs it. */
  async function clientOf(name: string): Promise<Known> {
    const connection = connectionOf(deps, name);
    const { createOctokit } = await import('./octokit.ts');
    const known = clients.get(name);
    if (known !== undefined && isDeepStrictEqual(known.connection, connection)) return known;
    const made = { connection, octokit: createOctokit(deps, connection), login: null };
    clients.set(name, made);
    return made;
  }

  const call: Call = async ({ connection, name }, signal, work) => {
    signal.throwIfAborted();
    const [owner = '', repo = ''] = name.split('/');
    const { octokit } = await clientOf(connection);
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
      const client = await clientOf(repository.connection);
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
