import type { Environment } from '#practice/shop/deploys/environment.ts';
import { createGuardedApp } from '#practice/shop/net/guarded-app.ts';
import { problem } from '#practice/shop/net/problem.ts';
import type { NodeApp } from '#practice/shop/net/serve-app.ts';

const PATH = '/v1/services/checkout/environments/:environment/settings';

/**
 * Who keeps the settings, and sees when they are changed by hand where they run.
 *
 * - `GET …/settings` → `{inSync, differing}`: the keys that are not as they were deployed.
 * - `POST …/settings/reconcile` (`Idempotency-Key`) puts back what was deployed → `{reconciled}`, its
 *   keys; 409 while a deploy or a rollback is under way.
 */
export function createSettingsApp(deps: {
  token: string;
  environments: ReadonlyMap<string, Environment>;
}): NodeApp {
  const app = createGuardedApp(deps.token);

  app.get(PATH, (context) => {
    const differing = deps.environments.get(context.req.param('environment'))?.drifted();
    if (differing === undefined) return context.notFound();
    return context.json({ inSync: differing.length === 0, differing });
  });

  app.post(`${PATH}/reconcile`, (context) => {
    const environment = deps.environments.get(context.req.param('environment'));
    if (environment === undefined) return context.notFound();
    if ((context.req.header('idempotency-key') ?? '') === '') {
      const message = 'The header Idempotency-Key is required';
      return problem(context, 400, { code: 'invalid', message });
    }
    const reconciled = environment.drifted();
    return environment.reconcile()
      ? context.json({ reconciled })
      : problem(context, 409, { code: 'busy', message: 'Another change is under way' });
  });

  return app;
}
