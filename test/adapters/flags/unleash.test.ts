import { describe, expect, it } from 'vitest';

import { flagsContract } from '#test/contracts/flags.ts';

import { flagsAt, on, target } from './flags-at.ts';
import { serveUnleash } from './serve-unleash.ts';

const signal = new AbortController().signal;

flagsContract('Unleash', async () => {
  const server = await serveUnleash();
  const { state } = server;
  return Object.assign(server, {
    flags: flagsAt('unleash', server.url),
    target,
    changes: () => state.changes,
    async setByHand(value: boolean) {
      state.enabled = value;
    },
    async loseAnswers() {
      state.loses = true;
    },
  });
});

describe('setting a flag of Unleash', () => {
  it.each([500, 503, 429])('may be tried again after a %i', async (status) => {
    await using server = await serveUnleash((request, response) => {
      if (request.method === 'POST') response.writeHead(status).end('{}');
      return request.method === 'POST';
    });

    await expect(flagsAt('unleash', server.url).set(target, on, signal)).rejects.toMatchObject({
      retry: true,
    });
  });

  it('is refused where Unleash asks for a change request, in its words', async () => {
    await using server = await serveUnleash((request, response) => {
      const message = 'Change requests are enabled in production';
      if (request.method === 'POST') response.writeHead(403).end(JSON.stringify({ message }));
      return request.method === 'POST';
    });

    expect(await flagsAt('unleash', server.url).set(target, on, signal)).toEqual({
      kind: 'refused',
      message: "The flags' API answered 403: Change requests are enabled in production",
    });
  });

  it('looks into the project that the settings name', async () => {
    const seen: string[] = [];
    await using server = await serveUnleash((request) => {
      seen.push(request.url ?? '');
      return false;
    });
    const options = { token: '${{ secrets.TOKEN }}', project: 'pay/ments' };

    await flagsAt('unleash', server.url, options)
      .read(target, signal)
      .catch(() => null);

    expect(seen).toEqual([
      '/api/admin/projects/pay%2Fments/features/gateway-a-off/environments/production',
    ]);
  });

  it('does not hope for another answer after a wrong token, which it does not show', async () => {
    await using server = await serveUnleash();
    const flags = flagsAt('unleash', server.url, undefined, 'wr0ng-t0ken');

    const error: unknown = await flags.read(target, signal).catch((caught: unknown) => caught);

    expect(error).toMatchObject({ code: 'flags.refused', retry: false });
    expect(String(error)).not.toContain('wr0ng');
  });
});
