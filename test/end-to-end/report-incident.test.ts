import { expect, it } from 'vitest';

import { sha256 } from '#adapters/store/event-store.ts';
import { loadRecords } from '#adapters/store/records.ts';
import { verifyChain } from '#domain/timeline/record.ts';
import { takesOrders } from '#practice/scenarios/takes-orders.ts';
import {
  button,
  buttonForMe,
  incidentChannel,
  message,
  presses,
  recommended,
  sees,
  textOf,
} from '#test/support/at-the-screen.ts';
import { openWorld } from '#test/support/world.ts';

it('ends the incident of the report with one rollback, and keeps a record that holds', async () => {
  await using world = await openWorld();
  const { webUrl } = await world.startBot();
  const bad = await world.breakProduction();

  await presses(world.ana, button(/^Take command$/));
  await presses(world.ana, recommended(/^Roll back 1842 → 1841$/));
  await presses(world.ben, buttonForMe(/^Approve rollback$/));
  await presses(world.ana, recommended(/^Resolve$/));
  await sees(world.ana, (sight) => incidentChannel(sight)?.topic.includes('resolved'));
  await sees(world.ana, message(/Resolved\..*Record \d+ · [0-9a-f]{24}/s));

  const [id = ''] = await world.incidents();
  expect(await world.rollbacks()).toMatchObject([{ from: bad.id, status: 'succeeded' }]);
  expect(await takesOrders(world.shop.checkoutUrls.production)).toBe(true);

  const entries = await loadRecords(world.db, id);
  const { channels } = await world.ana.see();
  const shown = channels
    .flatMap(({ messages }) => messages)
    .map(textOf)
    .join('\n');
  const heads = [...shown.matchAll(/Record \d+ · ([0-9a-f]{24})/g)].map(([, head = '']) => head);
  expect(heads.length).toBeGreaterThan(5);
  expect(verifyChain(id, entries, { sha256, heads })).toMatchObject({ intact: true });

  const { record } = await world.record(id);
  const { detect, acknowledge, diagnose, mitigate, resolve } = record.metrics;
  const milestones = [detect, acknowledge, diagnose, mitigate, resolve].map(Number);
  expect(milestones).toEqual(milestones.toSorted((one, other) => one - other));
  expect(milestones[0]).toBeLessThan(5);
  expect(milestones[4]).toBeGreaterThan(1);
  expect(record.incident).toMatchObject({
    status: 'resolved',
    roles: { commander: { name: 'ana' } },
    cause: expect.stringContaining('1842'),
  });

  const figures = await (await fetch(`${webUrl}/metrics`)).text();
  for (const figure of [
    'handrail_incidents_declared_total{severity="SEV1"} 1',
    'handrail_approvals_total{answer="Approved"} 1',
    'handrail_writes_started_total 1',
    /handrail_job_seconds_count{task="effect",effect="measure",outcome="done"} \d+/,
    /handrail_slack_call_seconds_count{method="chat.postMessage",outcome="ok"} \d+/,
    /handrail_web_request_seconds_count{route="\/webhooks\/alertmanager",status="200"} \d+/,
    'handrail_incidents_open 0',
  ]) {
    expect(figures).toMatch(figure);
  }
});
