import { describe, expect, it } from 'vitest';

import { createOutbound } from '#adapters/outbound/outbound.ts';
import { measure } from '#test/adapters/checks/measure.ts';
import { type NameServer, serveNames, type Temper } from '#test/support/name-server.ts';
import { serve } from '#test/support/serve.ts';

import { failureIn, get, soon, valueIn } from './gate.ts';

const name = 'api.gateway-a.example';

/** The gate with the name servers of the settings, and nothing else between. */
function gateOf(nameServers: readonly string[], allow: readonly string[] = [name]) {
  return createOutbound({ settings: () => ({ allow, hosts: {}, nameServers, ca: null }) });
}

describe('the name servers of the settings', () => {
  it('are asked for every name that is to be reached, and no others are', async () => {
    await using target = await serve((_request, response) => response.end('reached'));
    await using names = await serveNames({ [name]: '127.0.0.1' });
    const outbound = gateOf([names.address]);
    const { port } = new URL(target.url);

    const answer = valueIn(await outbound.request(get(`http://${name}:${port}/`), soon()));

    expect(Buffer.from(answer.body).toString()).toBe('reached');
    expect(names.asked).toContain(`${name} A`);
    expect(valueIn(await outbound.query({ name, type: 'A' }, soon()))).toMatchObject({
      answers: ['127.0.0.1'],
      rcode: 'NOERROR',
    });
    expect(failureIn(await outbound.connect({ host: 'localhost', port: 1 }, soon()))).toMatchObject(
      {
        code: 'NXDOMAIN',
      },
    );
  });

  it('open nothing: an address that they name is classified like any other', async () => {
    await using names = await serveNames({
      [name]: '127.0.0.1',
      'meta.example': '169.254.169.254',
    });
    const outbound = gateOf([names.address], ['meta.example']);

    for (const host of [name, 'meta.example']) {
      expect(failureIn(await outbound.connect({ host, port: 80 }, soon())).code).toBe('GATE');
    }
  });

  it('are asked one after the other', async () => {
    await using silent = await serveNames({});
    await using names = await serveNames({ [name]: '127.0.0.1' });
    silent.turn('silent');
    const outbound = gateOf([silent.address, names.address]);

    const asked = await outbound.query({ name, type: 'A' }, { ...soon(), timeoutMs: 15_000 });

    expect(valueIn(asked).answers).toEqual(['127.0.0.1']);
    expect(silent.asked).not.toEqual([]);
  });

  it('that are no addresses are said so', async () => {
    expect(failureIn(await gateOf(['1::2::3']).query({ name, type: 'A' }, soon()))).toMatchObject({
      fault: 'ours',
      message: 'outbound.nameServers: 1::2::3 is not the address of a name server.',
    });
  });
});

describe('a name server', () => {
  const timeoutMs = 400;
  const inVain: readonly [Temper, string][] = [
    ['silent', `${name} was not resolved in ${timeoutMs} ms`],
    [30_000, `${name} was not resolved in ${timeoutMs} ms`],
    ['fails', `${name} could not be resolved: ESERVFAIL`],
  ];

  it.each(inVain)(
    'that is %s leaves No data, with what and where, in time',
    async (temper, message) => {
      await using world = await checkedWorld();
      world.names.turn(temper);

      for (const [uses, inputs] of world.checks) {
        const startedAt = performance.now();
        const outcome = await world.measure(uses, inputs, timeoutMs);
        expect([uses, outcome]).toEqual([uses, { kind: 'unavailable', message, retry: true }]);
        expect(performance.now() - startedAt).toBeLessThan(15_000);
      }
    },
  );

  it('that does not know the name is evidence', async () => {
    await using world = await checkedWorld();
    world.names.turn('knows nothing');

    for (const [uses, inputs] of world.checks) {
      expect(await world.measure(uses, inputs)).toMatchObject({
        kind: 'unreachable',
        code: 'NXDOMAIN',
        message: `${name} does not exist`,
      });
    }
  });

  it.each<Temper>(['silent', 'fails', 'knows nothing', 600])(
    'that was %s for a while is believed again at once',
    async (temper) => {
      await using world = await checkedWorld();
      world.names.turn(temper);
      for (const [uses, inputs] of world.checks) await world.measure(uses, inputs, 200);

      world.names.turn(0);

      for (const [uses, inputs] of world.checks) {
        expect([uses, (await world.measure(uses, inputs)).kind]).toEqual([uses, 'measured']);
      }
    },
  );

  it('that answers late, and in time, is waited for', async () => {
    await using world = await checkedWorld();
    world.names.turn(300);

    for (const [uses, inputs] of world.checks) {
      expect([uses, (await world.measure(uses, inputs)).kind]).toEqual([uses, 'measured']);
    }
  });
});

/** A target that is well, and is found by its name server alone. */
async function checkedWorld() {
  await using opened = new AsyncDisposableStack();
  const names: NameServer = opened.use(await serveNames({ [name]: '127.0.0.1' }));
  const target = opened.use(await serve((_request, response) => response.end('ok')));
  const port = Number(new URL(target.url).port);
  const parts = opened.move();
  return {
    names,
    checks: [
      ['check.dns', { name }],
      ['check.tcp', { host: name, port }],
      ['check.http', { url: `http://${name}:${port}/` }],
    ] as const,
    measure: (uses: string, inputs: Record<string, string | number>, timeoutMs = 15_000) =>
      measure(uses, inputs, {
        outbound: { allow: [name], nameServers: [names.address] },
        resolver: null,
        timeoutMs,
      }),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}
