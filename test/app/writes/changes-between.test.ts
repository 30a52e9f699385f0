import { expect, it } from 'vitest';

import { systemClock } from '#adapters/system/clock.ts';
import { changesBetween } from '#app/writes/changes-between.ts';
import type { CodeHost } from '#ports/code-host.ts';
import { PortError } from '#ports/port-error.ts';
import { deployed } from '#test/domain/deploys/deployments.ts';
import { silent } from '#test/support/database.ts';
import { settings } from '#test/support/runbooks.ts';

const commit = { sha: 'abcdef0123', subject: 'New URLs', author: 'Dora', at: null, url: null };
const plan = { from: { id: 'd1842' }, to: { id: 'd1841' }, commits: [], files: [] };
const deployments = [
  deployed('1842', '09:04', { commit: 'bbb' }),
  deployed('1841', '07:00', { commit: 'aaa' }),
];
const soon = () => AbortSignal.timeout(5_000);

function deps(compare: CodeHost['compare']) {
  const checkout = settings.services['checkout'];
  if (checkout === undefined) throw new Error('the settings of tests have no checkout');
  const connections = {
    github: { type: 'github', url: null, drill: false, options: { repository: 'acme/checkout' } },
  } as const;
  const services = { checkout: { ...checkout, connections: { code: 'github' } } };
  const all = { ...settings, connections, services };
  return { code: { compare }, runbooks: { settings: () => all }, clock: systemClock, log: silent };
}

it('asks from the target to what runs now', async () => {
  const asked: unknown[] = [];
  const here = deps(async (repository, range) => {
    asked.push({ repository: repository.name, range });
    return { commits: [commit], files: ['a'] };
  });

  const found = await changesBetween(here, 'checkout', deployments, plan, soon());

  expect(asked).toEqual([{ repository: 'acme/checkout', range: { from: 'aaa', to: 'bbb' } }]);
  expect(found).toEqual({ commits: ['abcdef0 New URLs'], files: ['a'] });
});

it('never keeps a rollback from being planned', async () => {
  const busy = deps(() => Promise.reject(new PortError('github.busy', 'wait', { retry: true })));
  expect(await changesBetween(busy, 'checkout', deployments, plan, soon())).toBeUndefined();
});

it('does not ask where the deploy API has told', async () => {
  const here = deps(() => Promise.reject(new Error('asked')));
  const told = { ...plan, files: ['a'] };
  expect(await changesBetween(here, 'checkout', deployments, told, soon())).toBeUndefined();
});
