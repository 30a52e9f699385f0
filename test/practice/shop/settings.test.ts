import { describe, expect, it } from 'vitest';

import { serveApp } from '#practice/shop/net/serve-app.ts';
import { createSettingsApp } from '#practice/shop/settings/settings-app.ts';

import { call } from './call.ts';
import { openDeploys } from './deploys/open-deploys.ts';

const key = 'PAYMENT_GATEWAY_B_API_KEY';

describe('the settings of the practice shop', () => {
  it('are put back as they were deployed, on every instance', async () => {
    await using settings = await openSettings();
    expect(await settings.get()).toMatchObject({ body: { inSync: true, differing: [] } });

    settings.takeOut(key);
    expect(await settings.get()).toMatchObject({ body: { inSync: false, differing: [key] } });
    expect(settings.deployed()).not.toHaveProperty(key);

    expect(await settings.reconcile({ 'idempotency-key': 'one' })).toMatchObject({
      status: 200,
      body: { reconciled: [key] },
    });
    expect(await settings.get()).toMatchObject({ body: { inSync: true, differing: [] } });
    expect(settings.deployed()).toHaveProperty(key);
  });

  it('are as they were deployed again after a rollback', async () => {
    await using settings = await openSettings();
    settings.takeOut(key);
    await settings.rollBack();

    expect(await settings.get()).toMatchObject({ body: { inSync: true } });
  });

  it.each([
    ['a wrong token', { authorization: 'Bearer nobody', 'idempotency-key': 'one' }, 401],
    ['no key', {}, 400],
  ])('are left alone with %s', async (_, headers, status) => {
    await using settings = await openSettings();
    settings.takeOut(key);

    expect(await settings.reconcile(headers)).toMatchObject({ status });
    expect(await settings.get()).toMatchObject({ body: { inSync: false } });
  });

  it('are not put back while something is being deployed', async () => {
    await using settings = await openSettings({ stageMs: 60_000 });
    settings.takeOut(key);
    settings.deploy();

    expect(await settings.reconcile({ 'idempotency-key': 'one' })).toMatchObject({
      status: 409,
      body: { code: 'busy' },
    });
  });
});

async function openSettings({ stageMs = 0 } = {}) {
  const deploys = await openDeploys({ stageMs });
  const { environment } = deploys;
  const served = await serveApp(
    createSettingsApp({ token: 'secret', environments: new Map([['production', environment]]) }),
  );
  const url = `${served.url}/v1/services/checkout/environments/production/settings`;
  const authorization = 'Bearer secret';
  const deployed = () => environment.find('production-3')?.settings ?? {};

  return {
    deployed,
    get: () => call('GET', url, { headers: { authorization } }),
    reconcile: (headers: Record<string, string>) =>
      call('POST', `${url}/reconcile`, { headers: { authorization, ...headers } }),
    takeOut(name: string) {
      const { [name]: _, ...others } = deployed();
      environment.changeByHand(others);
    },
    deploy: () => deploys.deploy('1842'),
    async rollBack() {
      await deploys.rollBack('back', { from: 'production-3', to: 'production-2' });
      await expect
        .poll(() => environment.rollbacks().map(({ status }) => status))
        .toEqual(['succeeded']);
    },
    async [Symbol.asyncDispose]() {
      await served.close();
      await deploys[Symbol.asyncDispose]();
    },
  };
}
