import { sql } from 'kysely';
import { expect, it } from 'vitest';

import { writeOverlay } from '#src/practice-overlay.ts';
import { temporaryFolder } from '#test/cli/temporary-folder.ts';
import { eventually } from '#test/practice/shop/eventually.ts';
import { openFaultProxy } from '#test/soak/fault-proxy.ts';
import { doneOnce, readAll } from '#test/soak/invariants.ts';
import { brokenChains } from '#test/soak/verified.ts';
import { buttonForMe, presses, recommended } from '#test/support/at-the-screen.ts';
import type { BotProcess } from '#test/support/bot-process.ts';
import { openWorld, windows, type World } from '#test/support/world.ts';

/** What a replica has said: to the database or to the deploy API. */
type Said = { to: 'database' | 'deploys'; text: string };

const isFence = ({ to, text }: Said) => to === 'database' && text.includes('"WriteStarted"');
const isRollback = ({ to, text }: Said) => to === 'deploys' && /^POST \S+\/rollbacks /.test(text);
const isLook = ({ to, text }: Said) => to === 'deploys' && text.startsWith('GET ');

/** When the sleeper falls asleep, and which attempts are on record in the end. */
const moments: readonly [string, (said: Said, before: readonly Said[]) => boolean, number[]][] = [
  ['as it records that it will send, its entry not committed', isFence, [1]],
  [
    'between its entry and its request',
    (said, before) => isLook(said) && before.some(isFence),
    [1, 2],
  ],
  ['as it asks for the rollback', isRollback, [1]],
];

/** Taken for dead after six seconds, and where nothing was sent, twelve more until that is certain; the rest is for a busy machine. */
const longestMs = 90_000;

it.concurrent.each(moments)(
  'is refused what it does late, and nothing is doubled, when it slept %s',
  { timeout: 240_000 },
  async (_when, fallsAsleep, attempts) => {
    await using opened = new AsyncDisposableStack();
    const world = opened.use(await openWorld({ shop: { stageMs: { deploy: 10, rollback: 700 } } }));
    const bySleeper: Said[] = [];
    let asleepAfter: number | null = null;
    const hear = (said: Said): void => {
      if (asleepAfter === null && fallsAsleep(said, bySleeper)) {
        sleeper.sleep();
        asleepAfter = bySleeper.length + 1;
      }
      bySleeper.push(said);
    };
    const byOther: Said[] = [];
    const sleeper: BotProcess = await spawnHeard(world, opened, hear);
    await world.breakProduction();
    await presses(world.ana, recommended(/^Roll back 1842 → 1841$/));
    await presses(world.ben, buttonForMe(/^Approve rollback$/));
    await eventually(() => asleepAfter !== null, { withinMs: longestMs });

    await spawnHeard(world, opened, (said) => byOther.push(said));
    await eventually(async () => (await finished(world)).length > 0, { withinMs: longestMs });
    sleeper.wake();

    await eventually(() => sleeper.output().includes('nobody has heard this worker'), {
      withinMs: longestMs,
    });
    await eventually(async () => isIdle(world), { withinMs: longestMs });
    const sent = [...bySleeper, ...byOther].filter(isRollback);
    expect(sent).toHaveLength(1);
    expect(bySleeper.slice(asleepAfter ?? 0).filter(isRollback)).toEqual([]);
    expect(await world.rollbacks()).toMatchObject([{ status: 'succeeded' }]);
    const record = await readAll(world);
    const started = record.flatMap(({ event }) =>
      event.type === 'WriteStarted' ? event.attempt : [],
    );
    expect(started).toEqual(attempts);
    expect(await finished(world)).toMatchObject([{ outcome: 'succeeded' }]);
    expect(doneOnce({ record })).toEqual([]);
    expect(await brokenChains(world.databaseUrl, await world.incidents())).toEqual([]);
  },
);

/** A replica whose words to the database and to the deploy API are heard. */
async function spawnHeard(
  world: World,
  opened: AsyncDisposableStack,
  hear: (said: Said) => void,
): Promise<BotProcess> {
  const open = async (url: string, to: Said['to']) =>
    opened.use(await openFaultProxy(Number(new URL(url).port), (text) => hear({ to, text })));
  const database = await open(world.databaseUrl, 'database');
  const deploys = await open(world.shop.deployApiUrl, 'deploys');
  const folder = opened.use(await temporaryFolder({}));
  const deployApiUrl = new URL(deploys.through(world.shop.deployApiUrl)).origin;
  return world.spawnBot({
    DATABASE_URL: database.through(world.databaseUrl),
    HANDRAIL_FOLDER: folder.path,
    HANDRAIL_OVERLAY: await writeOverlay(folder.path, { ...world.shop, deployApiUrl }, windows),
    HANDRAIL_LOG_LEVEL: 'warn',
  });
}

/** How the rollback's step ended. */
async function finished(world: World) {
  return (await readAll(world)).flatMap(({ event }) =>
    event.type === 'StepFinished' && event.step === 'rollback' ? event : [],
  );
}

/** Both are heard, and neither has a job in hand that is older than a moment. */
async function isIdle({ db }: World): Promise<boolean> {
  const { rows } = await sql<{ awake: number; held: number }>`
    select (select count(*) from worker_heartbeats where seen_at > now() - interval '3 seconds')::int as awake,
           (select count(*) from graphile_worker.jobs where locked_at < now() - interval '5 seconds')::int as held
  `.execute(db);
  return rows[0]?.awake === 2 && rows[0].held === 0;
}
