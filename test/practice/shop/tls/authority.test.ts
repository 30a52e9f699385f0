import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import { connect } from 'node:tls';

import { describe, expect, it } from 'vitest';

import { listen } from '#practice/shop/net/listen.ts';
import { createAuthority, type ServerIdentity } from '#practice/shop/tls/authority.ts';

const NAME = 'api.gateway-a.example';

describe('practice authority', () => {
  it('issues certificates that TLS accepts under their name', async () => {
    const authority = createAuthority(() => new Date());

    expect(await handshake(authority.issue(NAME, 'valid'), { ca: authority.certPem })).toBe('ok');
  });

  it('issues certificates that TLS refuses because they expired, when asked to', async () => {
    const authority = createAuthority(() => new Date());

    expect(await handshake(authority.issue(NAME, 'expired'), { ca: authority.certPem })).toBe(
      'CERT_HAS_EXPIRED',
    );
  });

  it('vouches for no other name', async () => {
    const authority = createAuthority(() => new Date());
    const identity = authority.issue('other.example', 'valid');

    expect(await handshake(identity, { ca: authority.certPem })).toBe(
      'ERR_TLS_CERT_ALTNAME_INVALID',
    );
  });

  it('is trusted by nobody who was not given its certificate', async () => {
    const authority = createAuthority(() => new Date());
    const stranger = createAuthority(() => new Date());

    expect(await handshake(authority.issue(NAME, 'valid'), { ca: stranger.certPem })).not.toBe(
      'ok',
    );
  });

  it('says what it is in each certificate', () => {
    const authority = createAuthority(() => new Date('2026-11-24T10:00:00Z'));
    const root = new X509Certificate(authority.certPem);
    const leaf = new X509Certificate(authority.issue(NAME, 'valid').cert);

    expect(root.ca).toBe(true);
    expect(leaf.ca).toBe(false);
    expect(leaf.verify(root.publicKey)).toBe(true);
    expect(leaf.checkIssued(root)).toBe(true);
    expect(leaf.subjectAltName).toBe(`DNS:${NAME}`);
    expect(leaf.validToDate.toISOString()).toBe('2027-02-22T10:00:00.000Z');
  });

  it('writes years from 2050 on with four digits', () => {
    const authority = createAuthority(() => new Date('2051-06-01T00:00:00Z'));

    expect(new X509Certificate(authority.certPem).validFromDate.toISOString()).toBe(
      '2050-06-01T00:00:00.000Z',
    );
  });
});

/** `ok`, or why the client would not go on. */
async function handshake(identity: ServerIdentity, { ca }: { ca: string }): Promise<string> {
  const listener = await listen(createServer(identity));
  const socket = connect({ host: '127.0.0.1', port: listener.port, servername: NAME, ca });
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(5000) });
    return 'ok';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  } finally {
    socket.destroy();
    await listener.close();
  }
}
