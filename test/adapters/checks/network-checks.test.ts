import { describe, expect, it } from 'vitest';

import { kindOf } from '#domain/runbook/kind-of.ts';
import { caFile, serveTls } from '#test/support/serve-tls.ts';
import { serve } from '#test/support/serve.ts';

import { measure, resultOf } from './measure.ts';

const servfail = () => Promise.reject(Object.assign(new Error('no'), { code: 'ESERVFAIL' }));
const host = 'api.gateway-a.example';

describe('check.tls', () => {
  it('counts the days that the certificate has left', async () => {
    await using target = await serveTls(() => {});
    const outbound = { hosts: { [host]: target.address }, ca: caFile };

    const result = resultOf(await measure('check.tls', { host }, { outbound }));

    expect(kindOf('check.tls')?.result.safeParse(result).error).toBeUndefined();
    expect(result).toMatchObject({ authorized: true, error: null, issuer: 'Test CA' });
    expect(result['daysLeft']).toBeGreaterThan(30_000);
  });

  it('measures an expired certificate as not authorized', async () => {
    await using target = await serveTls(() => {}, { certificate: 'expired.pem' });
    const outbound = { hosts: { [host]: target.address }, ca: caFile };

    const result = resultOf(await measure('check.tls', { host }, { outbound }));

    expect(result).toMatchObject({ authorized: false, error: 'CERT_HAS_EXPIRED', daysLeft: -2152 });
    expect(kindOf('check.tls')?.defaultVerdict(result, {})?.verdict).toBe('fail');
  });

  it('is evidence when nobody speaks TLS there', async () => {
    await using plain = await serve((_request, response) => response.end());
    const port = Number(new URL(plain.url).port);

    const measurement = await measure('check.tls', { host: '127.0.0.1', port });

    expect(measurement).toMatchObject({ kind: 'unreachable', result: { authorized: false } });
  });
});

describe('check.dns', () => {
  it('gives the answers, those of the settings first', async () => {
    const world = {
      names: { 'api.example': ['192.0.2.10'] },
      outbound: { hosts: { 'mapped.example': '127.0.0.1:8443' } },
    };

    const result = resultOf(await measure('check.dns', { name: 'api.example' }, world));
    expect(kindOf('check.dns')?.result.safeParse(result).error).toBeUndefined();
    expect(result).toMatchObject({ answers: ['192.0.2.10'], rcode: 'NOERROR' });
    expect(resultOf(await measure('check.dns', { name: 'mapped.example' }, world))).toMatchObject({
      answers: ['127.0.0.1'],
    });
  });

  it('takes a name that does not exist as evidence, and a failing name server as none', async () => {
    expect(await measure('check.dns', { name: 'gone.example' })).toMatchObject({
      kind: 'unreachable',
      code: 'NXDOMAIN',
      result: { answers: [], error: 'NXDOMAIN' },
    });
    expect(
      await measure('check.dns', { name: 'api.example' }, { resolver: { query: servfail } }),
    ).toMatchObject({ kind: 'unavailable', retry: true });
  });
});

describe('check.tcp', () => {
  it('connects, or is evidence when refused', async () => {
    const target = await serve(() => {});
    const port = Number(new URL(target.url).port);

    expect(resultOf(await measure('check.tcp', { host: '127.0.0.1', port }))).toMatchObject({
      connected: true,
    });
    await target[Symbol.asyncDispose]();
    expect(await measure('check.tcp', { host: '127.0.0.1', port })).toMatchObject({
      kind: 'unreachable',
      code: 'ECONNREFUSED',
      result: { connected: false, error: 'ECONNREFUSED' },
    });
  });
});

describe('a measurement', () => {
  it('says what is wrong with its inputs, and what cannot be measured here', async () => {
    expect(await measure('check.tcp', { host: 'x', port: 0 })).toMatchObject({
      kind: 'unavailable',
      retry: false,
      message: expect.stringContaining('port'),
    });
    expect(await measure('check.weather', {})).toMatchObject({ kind: 'unavailable' });
  });

  it('rejects when its caller gives up', async () => {
    const reason = new Error('the run was stopped');

    await expect(
      measure('check.tcp', { host: 'x', port: 1 }, { signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason);
  });
});
