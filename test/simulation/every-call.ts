import { parseArgs } from 'node:util';

import type { Trouble } from './engine/machine.ts';
import { checks } from './invariants/checks.ts';
import { recordOf } from './invariants/record.ts';
import { report } from './world/scenery.ts';
import type { Weather } from './world/weather.ts';
import { type Call, type World, runWorld } from './world/world.ts';

/**
 * The incident of the report (a deploy breaks checkout, two people roll it back), by the shipped runbook, once for each call
 * that it takes, with an error in place of that one call's answer, or with the death of its process.
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '6' },
    /** Only each so-manyth failure, from this one on. */
    every: { type: 'string', default: '1' },
    from: { type: 'string', default: '1' },
  },
});
const seed = Number(values.seed);

const none = { loses: 0, losesAnswers: 0, slows: 0 };
const calm: Weather = {
  replicas: 2,
  foulMs: 0,
  crashes: 0,
  killEveryMs: 0,
  sleepEveryMs: 0,
  deployAnew: false,
  skewMs: 0,
  busyMs: 6,
  doubles: 0,
  database: none,
  chat: none,
  platform: none,
  metrics: none,
  directory: none,
  manners: { honoursKeys: true, refuses: 0, fails: 0, lates: 0, lateMs: 0 },
  vanishes: 0,
  flaps: 0,
  limits: 0,
  blindMs: 0,
  repeats: 0,
  mischief: 0,
  byHand: 'nothing',
  begins: 'alert',
  runbook: report,
  severity: 'page',
  second: 'no',
  leaves: false,
  awayMs: 0,
  haste: 1,
  follows: true,
  fault: null,
};
/** Of these it is all the same whether they were served: nothing is changed by them. */
const reads: readonly string[] = [
  'load',
  'mark',
  'streams',
  'unfinished',
  'query',
  'range',
  'resolve',
  'handshake',
  'get',
  'list',
  'configuration',
  'findRollback',
  'readRollback',
  'person',
  'members',
  'groupsOf',
];

function troublesOf({ line, what }: Call): readonly Trouble[] {
  // The queue's own word on a job: where it fails, its process is as good as dead.
  if (line === 'database') return ['dies', 'diesAfter'];
  return reads.includes(what) ? ['fails', 'dies'] : ['fails', 'losesAnswer', 'dies', 'diesAfter'];
}

function problemsOf(world: World): string[] {
  const record = recordOf(world);
  return [
    ...Object.entries(checks).flatMap(([check, find]) =>
      find(world, record).map((what) => `"${check}": ${what}`),
    ),
    ...(world.platform.begun.length === 1
      ? []
      : [`rolled back ${world.platform.begun.length} times`]),
    ...(world.platform.isBroken() ? ['production is broken at the end'] : []),
    ...(record.some(({ event }) => event.type === 'IncidentResolved')
      ? []
      : ['nothing is resolved']),
  ];
}

const { calls } = await runWorld(seed, null, calm);
let failed = 0;
let violations = 0;
/** So many are shown; the rest is counted. */
const mostShown = 20;
const faults = calls.flatMap((call, index) =>
  troublesOf(call).map((trouble) => ({ ...call, call: index + 1, trouble })),
);
for (let next = Number(values.from) - 1; next < faults.length; next += Number(values.every)) {
  const fault = faults[next] ?? null;
  const problems = problemsOf(await runWorld(seed, null, { ...calm, fault }));
  failed += 1;
  for (const problem of problems) {
    violations += 1;
    if (violations > mostShown) continue;
    process.stdout.write(
      `call ${fault?.call} (${fault?.line}, ${fault?.what}) ${fault?.trouble}: ${problem}\n`,
    );
  }
}
const ports = new Set(calls.map(({ line }) => line)).size;
process.stdout.write(
  `calls: ${calls.length}, ports: ${ports}, failed: ${failed}, violations: ${violations}\n`,
);
process.exitCode = violations === 0 ? 0 : 1;
