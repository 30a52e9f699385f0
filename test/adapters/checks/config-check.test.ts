import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import type { Configuration } from '#domain/deploys/deployment.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import { deployed } from '#test/domain/deploys/deployments.ts';
import { serve } from '#test/support/serve.ts';

import { measure, resultOf, type World } from './measure.ts';

const bad = 'https://sandbox.gateway-a.example';
const good = 'https://api.gateway-a.example';
const settings = (URL: string, more: Configuration = {}): Configuration => ({
  URL: { value: URL, secret: false },
  API_KEY: { value: null, secret: true },
  ...more,
});
const rules = {
  URL: { required: true, url: { scheme: 'https', host: ['api.gateway-a.example'] } },
  API_KEY: { required: true, secret: true },
};
const world: World = {
  deployments: [deployed('1843', '09:11'), deployed('1842', '09:04'), deployed('1841', '07:00')],
  configurations: {
    'production d1843': settings(good),
    'production d1842': settings(bad),
    'production d1841': settings(good, { OLD: { value: '1', secret: false } }),
    'staging d1843': settings(good, { FEATURE: { value: 'on', secret: false } }),
  },
};

describe('check.config', () => {
  it.each([
    ['current', []],
    ['suspect', ['url.host']],
    ['previous', ['url.host']],
    ['d1841', []],
  ])('reads the %s deployment', async (deployment, broken) => {
    const result = resultOf(
      await measure('check.config', { source: { deployment }, rules }, world),
    );

    expect(kindOf('check.config')?.result.safeParse(result).error).toBeUndefined();
    expect(result['violations']).toEqual(broken.map((rule) => expect.objectContaining({ rule })));
  });

  it('compares with another environment and with the deployment before', async () => {
    const result = resultOf(
      await measure(
        'check.config',
        {
          source: { deployment: 'suspect' },
          parity: { with: { environment: 'staging' } },
          diff: { against: { deployment: 'd1841' } },
        },
        world,
      ),
    );

    expect(result).toEqual({
      violations: [{ key: 'FEATURE', rule: 'parity', message: 'is missing' }],
      missing: ['FEATURE'],
      extra: [],
      changed: ['OLD', 'URL'],
    });
  });

  it('is no finding when there is nothing to read', async () => {
    for (const source of [
      { deployment: 'suspect' },
      { environment: 'staging' },
      { file: 'no.env' },
    ]) {
      expect(await measure('check.config', { source, rules })).toMatchObject({
        kind: 'unavailable',
      });
    }
  });

  it('does not pass on a value that is kept back', async () => {
    const measurement = await measure(
      'check.config',
      { source: { deployment: 'current' }, rules: { API_KEY: { pattern: '^live_' } } },
      world,
    );

    expect(measurement).toMatchObject({ kind: 'unavailable' });
  });

  it('says which pattern is wrong', async () => {
    const source = { deployment: 'current' };

    expect(
      await measure('check.config', { source, rules: { URL: { pattern: '(' } } }, world),
    ).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('URL') });
  });

  it('reads the environment of this process', async () => {
    const env = { URL: bad, API_KEY: 'hunter2hunter2' };

    const measurement = await measure('check.config', { source: { env: true }, rules }, { env });

    expect(resultOf(measurement)['violations']).toHaveLength(1);
    expect(JSON.stringify(measurement)).not.toContain('hunter2');
  });

  it('reads files below its folder and no others', async () => {
    const base = await mkdtemp(path.join(tmpdir(), 'config-'));
    const folder = path.join(base, 'repository');
    await mkdir(folder);
    await writeFile(path.join(base, 'outside.env'), `URL=${good}\nAPI_KEY=x`);
    await writeFile(path.join(folder, 'inside.env'), `URL=${good}\nAPI_KEY=x`);
    await symlink(path.join(base, 'outside.env'), path.join(folder, 'link.env'));
    const read = (file: string) => measure('check.config', { source: { file }, rules }, { folder });

    try {
      expect(resultOf(await read('inside.env'))['violations']).toEqual([]);
      for (const file of ['../outside.env', path.join(base, 'outside.env'), 'link.env']) {
        expect(await read(file)).toMatchObject({ kind: 'unavailable' });
      }
    } finally {
      await rm(base, { recursive: true });
    }
  });

  it('tries live whether a host resolves and can be reached', async () => {
    await using target = await serve(() => {});
    const live = { URL: { resolves: true, reachable: true } };
    const broken = async (URL: string, given: World = {}) =>
      resultOf(
        await measure(
          'check.config',
          { source: { env: true }, rules: live },
          { env: { URL }, names: { '127.0.0.1': ['127.0.0.1'] }, ...given },
        ),
      )['violations'];

    expect(await broken(target.url)).toEqual([]);
    expect(await broken('http://gone.example')).toEqual([
      { key: 'URL', rule: 'resolves', message: 'gone.example: the name has no address' },
      { key: 'URL', rule: 'reachable', message: 'gone.example: The name does not exist' },
    ]);
    expect(
      await measure(
        'check.config',
        { source: { env: true }, rules: { URL: { reachable: true } } },
        { env: { URL: target.url }, outbound: { allow: [] } },
      ),
    ).toMatchObject({ kind: 'unavailable' });
  });
});

it('shows no host of a secret, whether it can not be reached or may not be', async () => {
  const secret = { URL: { reachable: true, secret: true } };
  const said = async (given: World) =>
    JSON.stringify(await measure('check.config', { source: { env: true }, rules: secret }, given));

  const gone = await said({ env: { URL: 'http://gone.example' } });
  const refused = await said({
    env: { URL: 'http://inner.example' },
    names: { 'inner.example': ['127.0.0.1'] },
    outbound: { allow: [] },
  });

  expect(gone).toContain('its host: The name does not exist');
  expect(refused).toContain('outbound.allow does not list it');
  expect(gone + refused).not.toMatch(/gone\.example|inner\.example/);
});

describe('deploys.list', () => {
  it('finds the suspect by the start of the incident, and a target beyond its limit', async () => {
    const result = resultOf(await measure('deploys.list', { limit: 1 }, world));

    expect(kindOf('deploys.list')?.result.safeParse(result).error).toBeUndefined();
    expect(result).toMatchObject({
      deployments: [{ build: '1843' }],
      current: { build: '1843' },
      suspect: { build: '1842', before: '6m' },
      rollbackTarget: { build: '1841' },
    });
  });
});
