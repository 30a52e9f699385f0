import type { IncomingMessage, ServerResponse } from 'node:http';

import { describe, expect, it } from 'vitest';

import { createDeployApi } from '#adapters/deploys/http/deploy-api.ts';
import { createOutbound } from '#adapters/outbound/outbound.ts';
import { createSecrets } from '#adapters/secrets/secrets.ts';
import { deploysContract } from '#test/contracts/deploys.ts';

import { serveDeployApi } from './loopback-api.ts';

const target = { connection: 'deploys', service: 'check out', environment: 'production' };
const request = { from: 'd-1842', to: 'd-1841', key: 'run-1/rollback/1', reason: 'errors' };
const signal = new AbortController().signal;

deploysContract('the HTTP adapter', async () => {
  const server = await serveDeployApi();
  return Object.assign(server, {
    deploys: deploysAt(server.url),
    target,
    current: 'd-1842',
    earlier: 'd-1841',
  });
});

describe('starting a rollback', () => {
  it.each([
    ['a 503', (response: ServerResponse) => void response.writeHead(503).end()],
    ['a 500 with a page', (response: ServerResponse) => void response.writeHead(500).end('<html>')],
    ['a hang-up', (response: ServerResponse) => void response.destroy()],
    ['an answer that is no JSON', (response: ServerResponse) => void response.end('accepted!')],
    ['half an answer', (response: ServerResponse) => void response.end('{"id": "r-1"')],
    ['another operation', (response: ServerResponse) => void response.end(operation('other'))],
    ['a huge answer', (response: ServerResponse) => void response.end('x'.repeat(5_000_000))],
  ])('is unknown after %s, and asked only once', async (_name, misbehave) => {
    let posts = 0;
    await using server = await serveDeployApi((incoming, response) => {
      if (incoming.method !== 'POST') return false;
      posts += 1;
      misbehave(response);
      return true;
    });

    await expect(
      deploysAt(server.url).startRollback(target, request, signal),
    ).rejects.toMatchObject({
      code: 'deploys.unknown',
      retry: true,
    });
    expect(posts).toBe(1);
  });

  it('that happens while the answer is lost is found by its key', async () => {
    let lose = true;
    await using server = await serveDeployApi(loseAnswer);
    const deploys = deploysAt(server.url);

    await expect(deploys.startRollback(target, request, signal)).rejects.toMatchObject({
      code: 'deploys.unknown',
    });
    expect(server.started()).toBe(1);
    expect(await deploys.findRollback(target, request.key, signal)).toMatchObject({ id: 'r-1' });

    function loseAnswer(incoming: IncomingMessage, response: ServerResponse): boolean {
      if (incoming.method !== 'POST' || !lose) return false;
      lose = false;
      response.end = () => response.destroy();
      return false;
    }
  });

  it('is known not to have begun when nobody listens', async () => {
    const { url } = await closedServer();

    await expect(deploysAt(url).startRollback(target, request, signal)).rejects.toMatchObject({
      code: 'deploys.unreachable',
      retry: true,
    });
  });

  it.each([400, 401, 403, 404, 409, 422])(
    'is refused by a %i, in the words of the API',
    async (status) => {
      await using server = await serveDeployApi((_request, response) => {
        response
          .writeHead(status)
          .end(JSON.stringify({ code: 'busy', message: 'Another one runs' }));
        return true;
      });

      expect(await deploysAt(server.url).startRollback(target, request, signal)).toEqual({
        kind: 'refused',
        message: `The deploy API answered ${status}: Another one runs`,
      });
    },
  );
});

describe('reading', () => {
  it('rejects an answer that misses what a decision rests on', async () => {
    await using server = await serveDeployApi((_request, response) => {
      response.end(JSON.stringify({ deployments: [{ id: 'd-1', build: '1' }] }));
      return true;
    });

    await expect(deploysAt(server.url).list(target, 10, signal)).rejects.toMatchObject({
      retry: true,
    });
  });

  it('does not hope for another answer after a wrong token, which it does not show', async () => {
    await using server = await serveDeployApi();
    const deploys = deploysAt(server.url, 'wr0ng-t0ken');

    const error: unknown = await deploys
      .list(target, 10, signal)
      .catch((caught: unknown) => caught);

    expect(error).toMatchObject({ code: 'deploys.refused', retry: false });
    expect(String(error)).not.toContain('wr0ng');
  });

  it('says which connection is not usable', async () => {
    const unknown = { ...target, connection: 'elsewhere' };

    await expect(deploysAt('http://127.0.0.1:1').list(unknown, 10, signal)).rejects.toThrow(
      'elsewhere',
    );
  });
});

function deploysAt(url: string, token = 't0ken-t0ken') {
  return createDeployApi({
    outbound: createOutbound({
      settings: () => ({ allow: ['127.0.0.1'], hosts: {}, nameServers: [], ca: null }),
    }),
    secrets: createSecrets({ env: { TOKEN: token } }),
    connections: () => ({
      deploys: {
        type: 'deploy-api',
        url,
        drill: false,
        options: { token: '${{ secrets.TOKEN }}' },
      },
    }),
  });
}

async function closedServer() {
  await using server = await serveDeployApi();
  return { url: server.url };
}

function operation(key: string): string {
  const { from, to } = request;
  return JSON.stringify({ id: 'r-9', key, from, to, status: 'running', url: null, message: null });
}
