import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { describe, expect, it, vi } from 'vitest';

import { caFile, serveTls } from '#test/support/serve-tls.ts';
import { serve } from '#test/support/serve.ts';

import { failureIn, gate, get, soon, valueIn } from './gate.ts';

const local = { allow: ['127.0.0.1'] };
const name = 'api.gateway-a.example';

describe('TLS', () => {
  it('speaks to the mapped address under the name of the URL', async () => {
    await using target = await serveTls((request, response) => response.end(request.headers.host));
    const outbound = gate({ hosts: { [name]: target.address }, ca: caFile });

    const response = valueIn(await outbound.request(get(`https://${name}/health`), soon()));

    expect(Buffer.from(response.body).toString()).toBe(name);
    expect(response.timings.tls).toBeGreaterThan(0);
  });

  it('is evidence when the certificate has expired, is for another name or of no known authority', async () => {
    await using valid = await serveTls((_request, response) => response.end());
    await using expired = await serveTls((_request, response) => response.end(), {
      certificate: 'expired.pem',
    });
    const cases = [
      [await tlsFailure(name, expired.address, caFile), 'CERT_HAS_EXPIRED'],
      [await tlsFailure('wrong.example', valid.address, caFile), 'ERR_TLS_CERT_ALTNAME_INVALID'],
      [await tlsFailure(name, valid.address, null), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ] as const;
    for (const [failure, expected] of cases) {
      expect(failure).toMatchObject({ fault: 'target', code: expected, sent: false });
    }
  });

  it('is no less strict where the environment tells Node to trust everybody', async () => {
    await using expired = await serveTls((_request, response) => response.end(), {
      certificate: 'expired.pem',
    });
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    try {
      expect(await tlsFailure(name, expired.address, caFile)).toMatchObject({
        fault: 'target',
        code: 'CERT_HAS_EXPIRED',
        sent: false,
      });
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('to a port that does not speak it is evidence, too', async () => {
    await using plain = await serve((_request, response) => response.end());

    const outcome = await gate(local).request(get(plain.url.replace('http', 'https')), soon());

    expect(failureIn(outcome)).toMatchObject({ fault: 'target', sent: false });
  });

  it('that never comes about is silence of the target, and fails nothing else', async () => {
    const server = createServer(() => {}).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const outbound = gate(local);

    // As many as go at once hold their turn for longer than those that wait have patience.
    const handshakes = (count: number, timeoutMs: number) =>
      Array.from({ length: count }, () =>
        outbound.handshake({ host: '127.0.0.1', port, servername: null }, { ...soon(), timeoutMs }),
      );
    const faultsOf = async (begun: ReturnType<typeof handshakes>) =>
      (await Promise.all(begun)).map((outcome) => failureIn(outcome).fault);
    const first = handshakes(8, 2_500);
    const waiting = handshakes(4, 500);

    expect(await faultsOf(waiting)).toEqual(['ours', 'ours', 'ours', 'ours']);
    expect(new Set(await faultsOf(first))).toEqual(new Set(['target']));
    server.close();
  });

  it('reports a certificate without trusting it', async () => {
    await using expired = await serveTls((_request, response) => response.end(), {
      certificate: 'expired.pem',
    });
    const outbound = gate({ hosts: { [name]: expired.address }, ca: caFile });

    const facts = valueIn(
      await outbound.handshake({ host: name, port: 443, servername: null }, soon()),
    );

    expect(facts).toEqual({
      authorized: false,
      error: 'CERT_HAS_EXPIRED',
      validTo: '2021-01-01T00:00:00.000Z',
      issuer: 'Test CA',
      subject: name,
      altNames: [`DNS:${name}`, 'DNS:other.gateway-a.example'],
      protocol: 'TLSv1.3',
    });
  });

  it('is our failure when the file of authorities is not there', async () => {
    const outbound = gate({ hosts: { [name]: '127.0.0.1:1' }, ca: '/nowhere/ca.pem' });

    const outcome = await outbound.request(get(`https://${name}/`), soon());

    expect(failureIn(outcome)).toMatchObject({ fault: 'ours', code: 'CA' });
  });

  it('makes at most eight handshakes at once, and all of them in the end', async () => {
    const open = new Set<Socket>();
    let connected = 0;
    let most = 0;
    let waiting = false;
    // Answers only when everybody is connected and no further handshake has begun for a while.
    const release = async (): Promise<void> => {
      if (waiting || connected < 32 || open.size < 8) return;
      waiting = true;
      for (let turn = 0; turn < 20; turn += 1) await nextTurn();
      waiting = false;
      most = Math.max(most, open.size);
      for (const socket of open) socket.destroy();
    };
    const server = createServer((socket) => {
      connected += 1;
      socket.on('error', () => {}).on('close', () => open.delete(socket));
      socket.once('data', () => {
        open.add(socket);
        void release();
      });
      void release();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const outbound = gate(local);

    const outcomes = await Promise.all(
      Array.from({ length: 32 }, () =>
        outbound.handshake({ host: '127.0.0.1', port, servername: null }, soon()),
      ),
    );
    server.close();

    expect(outcomes.every((outcome) => failureIn(outcome).fault === 'target')).toBe(true);
    expect(most).toBe(8);
  });
});

async function tlsFailure(host: string, address: string, ca: string | null) {
  const outbound = gate({ hosts: { [host]: address }, ca });
  return failureIn(await outbound.request(get(`https://${host}/`), soon()));
}
