import { createAppAuth } from '@octokit/auth-app';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';

import { PortError } from '#ports/port-error.ts';

import type { ClientDeps } from './client.ts';
import type { Connection } from './connection.ts';
import { createGateFetch } from './gate-fetch.ts';

const PatientOctokit = Octokit.plugin(retry, throttling);

/** Reads that failed are repeated, two times; a write never is: whoever makes it looks for it first. */
const READ_RETRIES = 2;
/** Longer than this nobody waits for GitHub's limits; the caller is told, and may come back. */
const LONGEST_WAIT_SECONDS = 60;

export function createOctokit(
  deps: Pick<ClientDeps, 'outbound' | 'pace'>,
  connection: Connection,
): Octokit {
  const hurried = deps.pace === 'hurried';
  const gateFetch = createGateFetch(deps.outbound);
  const octokit = new PatientOctokit({
    baseUrl: connection.url,
    userAgent: 'handrail',
    ...credentials(connection),
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    request: { fetch: gateFetch },
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
    options.request.fetch = async (...request: Parameters<typeof gateFetch>) => {
      try {
        return await gateFetch(...request);
      } catch (error) {
        // What the gate refuses it refuses again, and whoever waits should know.
        if (error instanceof PortError && !error.retry) options.request.retries = 0;
        throw error;
      }
    };
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

function ignore(): void {}
