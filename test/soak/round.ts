import { setTimeout as wait } from 'node:timers/promises';

import { pause } from '#practice/pause.ts';
import { eventually } from '#test/practice/shop/eventually.ts';
import { createRandom } from '#test/simulation/engine/random.ts';
import { openWorld, type World } from '#test/support/world.ts';

import { createAlerts } from './alerts.ts';
import {
  doneOnce,
  keptOnce,
  notesKept,
  pressesKept,
  readAll,
  rolledBackOnce,
  type Sent,
} from './invariants.ts';
import { type Deed, doMischief, planOf } from './mischief.ts';
import type { OwnServer } from './own-server.ts';
import { type Ledger, playPeople } from './people.ts';
import { createReplica, type Replica } from './replica.ts';
import { setAside, unsettled } from './settled.ts';
import { type TakeOver, watchTakeOvers } from './take-overs.ts';
import { brokenChains } from './verified.ts';

/** What one world has lived through. */
export type Round = {
  deeds: readonly Deed[];
  incidents: number;
  /** How often an alert has opened one again that was resolved. */
  reopened: number;
  rollbacks: number;
  alerts: number;
  presses: number;
  notes: number;
  /** Jobs that were given up because they were in hand at three deaths: the next start begins them again. */
  setAside: number;
  takeOvers: readonly TakeOver[];
  violations: readonly string[];
  /** What the replicas have said. */
  log: string;
};

const replicaCount = 3;
const incidentEveryMs = 4_000;
const mostOpen = 4;
const settleMs = 120_000;
/** Everything that the shop's own rules watch: here alerts come from elsewhere. */
const withoutAlerts = [
  'CheckoutErrorRateHigh',
  'CheckoutLatencyHigh',
  'PaymentGatewayDown',
  'PaymentGatewayCertificateExpired',
  'PaymentGatewayRejectsKey',
];

/**
 * One world from its beginning to its end: three replicas, incidents that people work on, and so many
 * kills among other mischief. Then all is well again, everything must come to its end, and be right.
 */
export async function playRound(
  server: OwnServer,
  { kills, seed }: { kills: number; seed: number },
): Promise<Round> {
  const random = createRandom(seed);
  await using opened = new AsyncDisposableStack();
  const database = await server.database();
  const world = opened.use(
    await openWorld({
      database,
      slack: { rateLimits: false },
      shop: {
        ordersPerSecond: 15,
        scrapeMs: 200,
        stageMs: { deploy: 10, rollback: 600 },
        withoutAlerts,
      },
    }),
  );
  const sent: Sent[] = [];
  let sender = Promise.withResolvers<Replica>();
  function heard(key: string, replica: Replica): void {
    sent.push({ key, late: replica.hasSlept() });
    sender.resolve(replica);
    sender = Promise.withResolvers();
  }
  const replicas = await Promise.all(
    Array.from({ length: replicaCount }, async () => opened.use(await createReplica(world, heard))),
  );
  await Promise.all(replicas.map((replica) => replica.start()));

  const ledger: Ledger = { presses: [], notes: [] };
  const alerts = createAlerts(replicas, random.fork());
  const takeOvers = watchTakeOvers(database.database, replicaCount);
  const deeds = planOf(kills, random);
  const calm = new AbortController();
  const over = new AbortController();
  opened.defer(() => over.abort());
  const playing = playPeople(world, { random: random.fork(), ledger, signal: over.signal });
  const breaking = keepBreaking(world, alerts, calm.signal);
  // Who is killed has something in hand.
  await eventually(async () => (await openIncidents(world)) >= 2, { withinMs: settleMs });
  const mischief = doMischief(deeds, {
    replicas,
    nextSender: () => sender.promise,
    server,
    takeOvers,
    random: random.fork(),
  });
  await Promise.all([breaking, mischief.finally(() => calm.abort())]);
  const aside = await setAside(world);
  if (aside > 0) await startAnew(replicas);

  const stuck = await settle(world);
  over.abort();
  await playing;
  if (stuck.length === 0) stuck.push(...(await settle(world)));
  const record = await readAll(world);
  const witness = { world, record, alerts: alerts.acknowledged, ledger, sent };
  const incidents = await world.store.streams({ prefix: 'inc-', limit: 1_000 });
  return {
    deeds,
    incidents: incidents.length,
    reopened: record.filter(({ event }) => event.type === 'IncidentReopened').length,
    rollbacks: (await world.rollbacks()).length,
    alerts: alerts.acknowledged.length,
    presses: ledger.presses.filter(({ acknowledged }) => acknowledged).length,
    notes: ledger.notes.filter(({ acknowledged }) => acknowledged).length,
    setAside: aside,
    takeOvers: await takeOvers.all(),
    violations: [
      ...stuck.map((what) => `stuck: ${what}`),
      ...keptOnce(witness),
      ...(await notesKept(witness)),
      ...(await pressesKept(witness)),
      ...doneOnce(witness),
      ...(await rolledBackOnce(witness)),
      ...(await brokenChains(world.databaseUrl, incidents)),
    ],
    log: replicas.map((replica) => replica.log()).join('\n\n'),
  };
}

/** Ships the bad build whenever it is not there, and lets alerts of new groups fire. */
async function keepBreaking(
  world: World,
  alerts: ReturnType<typeof createAlerts>,
  signal: AbortSignal,
): Promise<void> {
  for (let count = 1; !signal.aborted; count += 1) {
    const broken = await world.running().then(
      (deployment) => deployment?.build === '1842',
      () => true,
    );
    if (!broken) {
      await world.control('POST', '/deploys', { environment: 'production', build: '1842' });
    }
    await alerts.fire(`group-${count}`);
    await Promise.all([alerts.fire(`group-${count}`), pause(incidentEveryMs, signal)]);
    const open = () => openIncidents(world).catch(() => mostOpen);
    while (!signal.aborted && (await open()) >= mostOpen) await wait(300);
  }
}

async function openIncidents({ store }: World): Promise<number> {
  return (await store.streams({ prefix: 'inc-', open: true, limit: 100 })).length;
}

/** As after a deploy, or as people do who are told that something is not tried again. */
async function startAnew([replica]: readonly Replica[]): Promise<void> {
  await replica?.kill();
  await replica?.start();
}

/** What is still not at its end when there was time enough. */
async function settle(world: World): Promise<string[]> {
  let left: string[] = [];
  const done = async () => {
    left = await unsettled(world).catch((error: unknown) => [String(error)]);
    return left.length === 0;
  };
  return eventually(done, { withinMs: settleMs }).then(
    () => [],
    () => left,
  );
}
