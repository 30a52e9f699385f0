import { describe, expect, it } from 'vitest';

import { dialTcp } from '#adapters/outbound/dial.ts';
import { serve } from '#test/support/serve.ts';

import { failureIn, gate, get, soon } from './gate.ts';

describe('a redirect', () => {
  it.each([
    'http://169.254.169.254/latest/meta-data/',
    '//169.254.169.254/',
    'http://0xa9fea9fe/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://metadata.example/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://metadata.example.:80/',
    'file:///etc/passwd',
    'gopher://169.254.169.254/',
    'http://user:secret@169.254.169.254/',
  ])('may not lead to %s by a redirect', async (location) => {
    await using target = await serve((_request, response) =>
      response.writeHead(302, { location }).end(),
    );
    const outbound = gate({
      allow: ['127.0.0.1'],
      names: { 'metadata.example': ['169.254.169.254'] },
    });

    const outcome = await outbound.request(get(target.url, { redirects: 3 }), soon());

    const { code, fault } = failureIn(outcome);
    expect(fault).toBe('ours');
    expect(['GATE', 'URL']).toContain(code);
  });

  it('is resolved anew for each redirect, and refused when its name has moved meanwhile', async () => {
    await using target = await serve((_request, response) =>
      response.writeHead(302, { location: '/again' }).end(),
    );
    const { port } = new URL(target.url);
    const answers = [['127.0.0.1'], ['127.0.0.1'], ['169.254.169.254']];
    const outbound = gate({
      allow: ['rebinding.example'],
      resolver: { lookup: async () => answers.shift() ?? [] },
    });

    const url = `http://rebinding.example:${port}/`;
    const outcome = await outbound.request(get(url, { redirects: 9 }), soon());

    expect(failureIn(outcome)).toMatchObject({ fault: 'ours', code: 'GATE' });
    expect(answers).toEqual([]);
  });
});

describe('a redirect of a public target', () => {
  it.each(['http://prometheus/-/quit', 'http://10.1.2.3/', 'http://gateway.example/'])(
    'may not lead inside, to %s, though a runbook may go there',
    async (inside) => {
      await using world = await publicWorld({ 'public.example': inside });

      expect(failureIn(await world.follow('http://public.example/'))).toMatchObject({
        fault: 'ours',
        code: 'GATE',
        message: expect.stringContaining('public.example is public and redirects to'),
      });
      expect(world.dialled).toEqual(['8.8.8.8']);
      expect((await world.follow(inside)).ok).toBe(true);
    },
  );

  it('may not lead inside by way of a third, though each step alone is allowed', async () => {
    const chain = {
      'public.example': 'http://other.example/',
      'other.example': 'http://10.1.2.3/',
    };
    await using world = await publicWorld(chain);

    expect(failureIn(await world.follow('http://public.example/')).code).toBe('GATE');
    expect(world.dialled).toEqual(['8.8.8.8', '1.1.1.1']);
  });

  it('may not lead from inside to the public and back', async () => {
    const chain = { '10.1.2.3': 'http://public.example/', 'public.example': 'http://prometheus/' };
    await using world = await publicWorld(chain);

    expect(failureIn(await world.follow('http://10.1.2.3/')).code).toBe('GATE');
    expect(world.dialled).toEqual(['10.1.2.3', '8.8.8.8']);
  });

  it('may lead to another public one', async () => {
    await using world = await publicWorld({ 'public.example': 'http://other.example/' });

    expect((await world.follow('http://public.example/')).ok).toBe(true);
    expect(world.dialled).toEqual(['8.8.8.8', '1.1.1.1']);
  });
});

/** Dials the loopback server in place of any address, and tells what it was to dial. `chain`: host to where it redirects. */
async function publicWorld(chain: Readonly<Record<string, string>>) {
  const target = await serve((request, response) => {
    const location = chain[request.headers.host ?? ''];
    if (location === undefined) return response.end('inside');
    return response.writeHead(302, { location }).end();
  });
  const { port } = new URL(target.url);
  const dialled: string[] = [];
  const outbound = gate({
    allow: ['prometheus', '10.0.0.0/8'],
    hosts: { 'gateway.example': `127.0.0.1:${port}` },
    names: {
      'public.example': ['8.8.8.8'],
      'other.example': ['1.1.1.1'],
      prometheus: ['10.0.0.1'],
    },
    dial: (route, signal) => {
      dialled.push(...route.addresses);
      return dialTcp({ ...route, addresses: ['127.0.0.1'], port: Number(port) }, signal);
    },
  });
  return {
    dialled,
    follow: (url: string) => outbound.request(get(url, { redirects: 3 }), soon()),
    [Symbol.asyncDispose]: () => target[Symbol.asyncDispose](),
  };
}
