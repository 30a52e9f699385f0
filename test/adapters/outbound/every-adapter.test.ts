import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

import { describe, expect, it } from 'vitest';

import { createSecrets } from '#adapters/secrets/secrets.ts';
import type { JsonObject } from '#domain/json.ts';
import type { ConnectionSettings } from '#domain/runbook/settings.ts';
import type { MeasurementRequest } from '#ports/checks.ts';
import type { CheckReport, CodeHost } from '#ports/code-host.ts';
import type { Deploys } from '#ports/deploys.ts';
import type { Flags } from '#ports/flags.ts';
import { createReach, type Reach } from '#src/compose-reach.ts';
import { settings } from '#test/support/runbooks.ts';

const token = '${{ secrets.TOKEN }}';
const target = { connection: 'it', service: 'checkout', environment: 'production' };
const repository = { connection: 'it', name: 'acme/shop' };
const soon = () => AbortSignal.timeout(20_000);
const startedAt = '2026-11-24T10:00:00.000Z';
const rollback = { from: '2', to: '1', key: 'k', reason: 'r' };
const marked = { marker: 'm' };
const issue = { title: 't', body: 'b', since: startedAt };
const proposal = { branch: 'b', path: 'p', text: 't', title: 't', body: 'b' };
const report: CheckReport = {
  commit: 'a',
  name: 'n',
  key: 'k',
  conclusion: 'success',
  title: 't',
  summary: 's',
  annotations: [],
};

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
  'check.load': check('check.load', (url) => ({ url, rate: 1, duration: '1s' }), 'http', 'staging'),
  'check.metric': check('check.metric', () => ({ query: 'up', connection: 'it' }), 'prometheus'),
  'check.config': check('check.config', () => ({ source: { connection: 'it' } }), 'deploy-api'),
  'changes.list': check('changes.list', () => ({ from: 'a', to: 'b', connection: 'it' }), 'github'),
  'a list of deploys as a step': check('deploys.list', () => ({ connection: 'it' }), 'deploy-api'),
  'a flag as a step': check('flags.get', () => ({ flag: 'f', connection: 'it' }), 'http'),
  'the past of a metric': {
    type: 'prometheus',
    tries: ({ series }) =>
      series.read(
        measurement('check.metric', { query: 'up', connection: 'it' }, 'production'),
        { from: startedAt, to: '2026-11-24T10:05:00.000Z', points: 10 },
        { timeoutMs: 5_000, signal: soon() },
      ),
  },
  'http.request': {
    type: 'http',
    tries: ({ httpRequests }, url) =>
      httpRequests.send('it', { url, method: 'POST', body: 'x', key: 'k' }, soon()),
  },
  ...each<Deploys>('deploys', 'deploy-api', (reach) => reach.deploys, {
    list: (deploys) => deploys.list(target, 1, soon()),
    configuration: (deploys) => deploys.configuration(target, 'd', soon()),
    startRollback: (deploys) => deploys.startRollback(target, rollback, soon()),
    findRollback: (deploys) => deploys.findRollback(target, 'k', soon()),
    readRollback: (deploys) => deploys.readRollback(target, 'r', soon()),
    readFreeze: (deploys) => deploys.readFreeze(target, soon()),
    setFreeze: (deploys) => deploys.setFreeze(target, { frozen: true, reason: 'r' }, soon()),
  }),
  ...flagsOf('http'),
  ...flagsOf('unleash'),
  // It sets none.
  'flags.read of openfeature': {
    type: 'openfeature',
    tries: ({ flags }) => flags.read({ ...target, flag: 'f' }, soon()),
  },
  ...each<CodeHost>('code', 'github', (reach) => reach.code, {
    compare: (code) => code.compare(repository, { from: 'a', to: 'b' }, soon()),
    pullRequestsOf: (code) => code.pullRequestsOf(repository, ['a'], soon()),
    pullRequest: (code) => code.pullRequest(repository, 1, soon()),
    branchHead: (code) => code.branchHead(repository, 'main', null, soon()),
    listFiles: (code) => code.listFiles(repository, { commit: 'a', folder: 'b' }, soon()),
    readFile: (code) => code.readFile(repository, 'a', soon()),
    readPath: (code) => code.readPath(repository, { path: 'a', ref: null }, soon()),
    reportCheck: (code) => code.reportCheck(repository, report, soon()),
    putComment: (code) => code.putComment(repository, { number: 1, ...marked, text: 't' }, soon()),
    proposeFile: (code) => code.proposeFile(repository, proposal, soon()),
    openIssue: (code) => code.openIssue(repository, { ...issue, ...marked }, soon()),
  }),
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
    const connection = {
      type: one.type,
      url,
      drill: false,
      options: { token, repository: repository.name },
    };
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
      /['(]'?node:(?:http|https|http2|net|tls|dgram|dns)[/']|from 'undici'|\bfetch\(|WebSocket\(/;
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('practice/'))
      .filter((file) => opens.test(readFileSync(new URL(file, folder), 'utf8')));
    const allowed = /^(?:adapters\/(?:outbound|slack|web|store)\/|practice-)/;
    expect(files.filter((file) => !allowed.test(file))).toEqual([]);
  });
});

function check(
  uses: string,
  inputs: (url: string) => JsonObject,
  type: ConnectionSettings['type'] = 'http',
  environment = 'production',
): Try {
  return {
    type,
    tries: ({ checks }, url) =>
      checks.measure(measurement(uses, inputs(url), environment), {
        timeoutMs: 5_000,
        signal: soon(),
      }),
  };
}

function measurement(uses: string, given: JsonObject, environment: string): MeasurementRequest {
  const where = { service: 'checkout', environment, startedAt };
  return { uses, with: given, ...where, inputs: {}, mode: 'live' };
}

/** Every method of a port, so that a new one is not forgotten. */
function each<Port>(
  name: string,
  type: ConnectionSettings['type'],
  of: (reach: Reach) => Port,
  methods: { readonly [Method in keyof Port]: (port: Port) => Promise<unknown> },
): Readonly<Record<string, Try>> {
  return Object.fromEntries(
    Object.entries<(port: Port) => Promise<unknown>>(methods).map(([method, does]) => [
      `${name}.${method} of ${type}`,
      { type, tries: (reach: Reach) => does(of(reach)) },
    ]),
  );
}

function flagsOf(type: ConnectionSettings['type']) {
  const flag = { ...target, flag: 'f' };
  const change = { from: false, to: true, key: 'k', reason: 'r' };
  return each<Flags>('flags', type, (reach) => reach.flags, {
    read: (flags) => flags.read(flag, soon()),
    set: (flags) => flags.set(flag, change, soon()),
  });
}

function place(url: string) {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}

function textOf(said: unknown): string {
  return said instanceof Error ? said.message : JSON.stringify(said);
}
