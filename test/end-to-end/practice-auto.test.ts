import { expect, it } from 'vitest';

import { handrail } from '#test/cli/run-cli.ts';
import { temporaryFolder } from '#test/cli/temporary-folder.ts';
import { longest } from '#test/support/play-scenario.ts';

it('plays a scenario from the command line, and prints what it was', longest, async () => {
  await using folder = await temporaryFolder({});
  const args = 'practice --auto --scenario gateway-provider-down --seed 3 --format json'.split(' ');
  const { code, stdout, stderr } = await handrail(args, {
    env: { HANDRAIL_FOLDER: folder.path },
    withinMs: longest.timeout,
  });

  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('seed 3') });
  const seconds = expect.any(Number);
  expect(JSON.parse(stdout)).toMatchObject({
    schemaVersion: 1,
    restored: true,
    scenario: 'gateway-provider-down',
    seed: 3,
    score: { seconds, reportSeconds: 780 },
    incident: { status: 'resolved', metrics: { resolve: seconds } },
    entries: expect.arrayContaining([expect.objectContaining({ kind: 'resolved' })]),
    deploys: { rollbacks: [] },
    orders: { ok: seconds, failed: seconds },
    debrief: {
      found: expect.arrayContaining([expect.objectContaining({ check: 'down.http', seconds })]),
      wrongTurns: expect.any(Array),
      times: { detect: seconds, resolve: seconds },
      waiting: { people: seconds, machines: seconds, on: expect.any(Array) },
    },
  });
});
