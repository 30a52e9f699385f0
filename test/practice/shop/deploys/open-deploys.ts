import { BUILDS, shipmentOf } from '#practice/shop/deploys/builds.ts';
import { createDeployApp } from '#practice/shop/deploys/deploy-app.ts';
import { createEnvironment } from '#practice/shop/deploys/environment.ts';
import { historyOf } from '#practice/shop/deploys/history.ts';
import { NO_ROLLBACK_FAULTS, type RollbackFaults } from '#practice/shop/deploys/rollback-faults.ts';
import { serveApp } from '#practice/shop/net/serve-app.ts';
import { call } from '#test/practice/shop/call.ts';

const NOW = new Date('2026-11-24T10:00:00Z');

/** A deploy API for production, whose three instances are names of builds. */
export async function openDeploys({ stageMs = 0 } = {}) {
  const instances = ['1841', '1841', '1841'];
  const closing = new AbortController();
  let faults = NO_ROLLBACK_FAULTS;

  const environment = createEnvironment({
    name: 'production',
    history: historyOf('production', NOW),
    fleet: {
      size: instances.length,
      replace(index, { build }) {
        instances[index] = build;
      },
    },
    stageMs: { deploy: stageMs, rollback: stageMs },
    faults: () => faults,
    now: () => NOW,
  });
  const served = await serveApp(
    createDeployApp({
      token: 'secret',
      environments: new Map([['production', environment]]),
      faults: () => faults,
      closing: closing.signal,
    }),
  );
  const root = `${served.url}/v1/services/checkout/environments/production`;
  const authorization = 'Bearer secret';

  return {
    root,
    environment,
    instances,
    setFaults(next: Partial<RollbackFaults>) {
      faults = { ...faults, ...next };
    },
    get: (path: string) => call('GET', `${root}${path}`, { headers: { authorization } }),
    put: (path: string, body: object) =>
      call('PUT', `${root}${path}`, { headers: { authorization }, body }),
    deploy(name: string) {
      const build = BUILDS.find((one) => one.build === name);
      if (build === undefined) throw new Error(`there is no build ${name}`);
      return environment.deploy(shipmentOf(build, 'production'));
    },
    rollBack: (key: string, body: object, signal?: AbortSignal) =>
      call('POST', `${root}/rollbacks`, {
        body: { reason: 'Checkout returns 5xx', ...body },
        headers: { authorization, 'idempotency-key': key },
        ...(signal === undefined ? {} : { signal }),
      }),
    async [Symbol.asyncDispose]() {
      closing.abort();
      await environment.close();
      await served.close();
    },
  };
}
