import { once } from 'node:events';
import { connect } from 'node:net';

import { request } from 'undici';
import { describe, expect, it } from 'vitest';

import { createGateway, type GatewayFault } from '#practice/shop/gateways/gateway.ts';
import { createOutward } from '#practice/shop/net/outward.ts';
import { createAuthority } from '#practice/shop/tls/authority.ts';
import { eventually } from '#test/practice/shop/eventually.ts';

const NAME = 'api.gateway-a.example';
const WELL = { down: false, delayMs: 0, certificate: 'valid' } as const;

describe('payment gateway', () => {
  it('takes payments from those whose key it knows', async () => {
    await using gateway = await openGateway();

    expect(await gateway.pay({ key: 'known' })).toBe(200);
    expect(await gateway.pay({ key: 'unknown' })).toBe(401);
  });

  it.each([
    ['declines what is too much', 1_000_001, 402],
    ['refuses what is no amount', -1, 422],
  ])('%s', async (_, amount, status) => {
    await using gateway = await openGateway();

    expect(await gateway.pay({ amount })).toBe(status);
  });

  it('refuses connections while it is down, and is back at the same address', async () => {
    await using gateway = await openGateway();
    await gateway.warmUp();

    await gateway.setFault({ ...WELL, down: true });
    expect(await gateway.payUntil('ECONNREFUSED')).not.toContain(200);

    await gateway.setFault(WELL);
    expect(await gateway.pay()).toBe(200);
  });

  it('is down at once for those, too, who are just connecting', async () => {
    await using gateway = await openGateway();
    const connecting = await gateway.connect();

    await gateway.setFault({ ...WELL, down: true });

    await connecting.closed;
    expect(await gateway.pay()).toBe('ECONNREFUSED');
  });

  it('shows an expired certificate to those who were connected, too', async () => {
    await using gateway = await openGateway();
    await gateway.warmUp();

    await gateway.setFault({ ...WELL, certificate: 'expired' });
    expect(await gateway.payUntil('CERT_HAS_EXPIRED')).not.toContain(200);

    await gateway.setFault(WELL);
    expect(await gateway.pay()).toBe(200);
  });

  it('is slow when told to', async () => {
    await using gateway = await openGateway();
    await gateway.setFault({ ...WELL, delayMs: 60_000 });

    expect(await gateway.pay({ signal: AbortSignal.timeout(100) })).toBe('TimeoutError');
  });
});

async function openGateway() {
  const authority = createAuthority(() => new Date());
  const gateway = await createGateway({ name: NAME, apiKeys: ['known'], authority });
  const dispatcher = createOutward({
    hosts: { [NAME]: gateway.address },
    ca: authority.certPem,
  });

  /** The status, or why there was none. */
  async function pay({
    key = 'known',
    amount = 100,
    signal = AbortSignal.timeout(5000),
  } = {}): Promise<number | string> {
    try {
      const response = await request(`https://${NAME}/v1/payments`, {
        method: 'POST',
        dispatcher,
        signal,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ amount, currency: 'EUR' }),
      });
      await response.body.dump();
      return response.statusCode;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
    }
  }

  return {
    pay,
    /** A connection on which nothing is said, not even a handshake. */
    async connect(): Promise<{ closed: Promise<void> }> {
      const [host = '', port] = gateway.address.split(':');
      const socket = connect({ host, port: Number(port) });
      const { promise: closed, resolve } = Promise.withResolvers<void>();
      socket.on('close', () => resolve()).on('error', () => {});
      await once(socket, 'connect');
      return { closed };
    },

    setFault: (fault: GatewayFault) => gateway.setFault(fault),

    /** Until connections are open and used again: the pool opens a second one before it does. */
    async warmUp(): Promise<void> {
      for (let payment = 0; payment < 3; payment += 1) await pay();
    },

    /** What payments ended in until this came: a connection that was dropped may be met first. */
    async payUntil(last: string): Promise<readonly (number | string)[]> {
      const seen: (number | string)[] = [];
      await eventually(async () => seen.push(await pay()) && seen.includes(last));
      return seen;
    },

    async [Symbol.asyncDispose]() {
      await dispatcher.destroy();
      await gateway.close();
    },
  };
}
