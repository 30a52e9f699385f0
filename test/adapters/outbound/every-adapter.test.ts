import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

import { describe, expect, it } from 'vitest';

import { createSecrets } from '#adapters/secrets/secrets.ts';
import type { ConnectionSettings } from '#domain/runbook/settings.ts';
import { createReach, type Reach } from '#src/compose-reach.ts';
import { settings } from '#test/support/runbooks.ts';

const token = '${{ secrets.TOKEN }}';
const target = { connection: 'it', service: 'checkout', environment: 'production' };
const repository = { connection: 'it', name: 'acme/shop' };
const soon = () => AbortSignal.timeout(5_000);

type Try = {
  type: ConnectionSettings['type'];
  tries: (reach: Reach, url: string) => Promise<unknown>;
};

/** Everything that a runbook can reach, over a connection `it`. */
const adapters: Readonly<Record<string, Try>> = {
  'check.http': check('check.http', (url) => ({ url })),
  'check.http over a connection': check('check.http', () => ({ url: '/', connection: 'it' })),
  'check.tcp': check('check.tcp', (url) => place(url)),
  'check.tls': check('check.tls', (url) => place(url)),
  'check.load': check('check.load', (url) => ({ url, rate: 1, duration: '1s' }), 'staging'),
  'check.metric': check('check.metric', () => ({ query: 'up', connection: 'it' })),
  'deploys.list': {
    type: 'deploy-api',
    tries: ({ deploys }) => deploys.list(target, 1, soon()),
  },
  'deploys.rollback': {
    type: 'deploy-api',
    tries: ({ deploys }) =>
      deploys.startRollback(target, { from: '2', to: '1', key: 'k', reason: 'r' }, soon()),
  },
  'flags over http': flag('http'),
  'flags over unleash': flag('unleash'),
  'flags over openfeature': flag('openfeature'),
  'http.request': {
    type: 'http',
    tries: ({ httpRequests }, url) =>
      httpRequests.send('it', { url, method: 'POST', body: 'x', key: 'k' }, soon()),
  },
  'a file of GitHub': {
    type: 'github',
    tries: ({ code }) => code.readPath(repository, { path: 'a', ref: null }, soon()),
  },
};

describe('what runbooks reach', () => {
  it.each(Object.entries(adapters))('is refused by the gate: %s', async (_name, one) => {
    let reached = 0;
    const server = createServer((socket) => {
      reached += 1;
      socket.destroy();
    });
    const listening = Promise.withResolvers<void>();
    server.listen(0, '127.0.0.1', listening.resolve);
    await listening.promise;
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
    const connection = { type: one.type, url, drill: false, options: { token } };
    const reach = createReach({
      settings: () => ({ ...settings, connections: { it: connection } }),
      secrets: createSecrets({ env: { TOKEN: 'unused-secret' } }),
      env: {},
      folders: [],
    });

    const said = await one.tries(reach, url).catch((error: unknown) => error);
    server.close();

    expect(textOf(said)).toContain('outbound.allow does not list it');
    expect(reached).toBe(0);
  });

  it('has no other way out: nothing else opens a connection', () => {
    const folder = new URL('../../../src/', import.meta.url);
    const opens =
      /from 'node:(?:http|https|http2|net|tls|dgram|dns)[/']|from 'undici'|\bfetch\(|WebSocket\(/;
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('practice/'))
      .filter((file) => opens.test(readFileSync(new URL(file, folder), 'utf8')));
    const allowed = /^(?:adapters\/(?:outbound|slack|web|store)\/|practice-)/;
    expect(files.filter((file) => !allowed.test(file))).toEqual([]);
  });
});

function check(
  uses: string,
  inputs: (url: string) => Record<string, string | number>,
  environment = 'production',
): Try {
  return {
    type: uses === 'check.metric' ? 'prometheus' : 'http',
    tries: ({ checks }, url) =>
      checks.measure(
        {
          uses,
          with: inputs(url),
          service: 'checkout',
          environment,
          startedAt: '2026-11-24T10:00:00.000Z',
          inputs: {},
          mode: 'live',
        },
        { timeoutMs: 5_000, signal: soon() },
      ),
  };
}

function flag(type: ConnectionSettings['type']): Try {
  return {
    type,
    tries: ({ flags }) => flags.read({ ...target, flag: 'f' }, soon()),
  };
}

function place(url: string) {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}

function textOf(said: unknown): string {
  return said instanceof Error ? said.message : JSON.stringify(said);
}
