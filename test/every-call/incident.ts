import { cp, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { SettingsError } from '#adapters/files/settings-error.ts';
import { sha256 } from '#adapters/store/event-store.ts';
import { loadRecords } from '#adapters/store/records.ts';
import { verifyChain } from '#domain/timeline/record.ts';
import { PortError } from '#ports/port-error.ts';
import { takesOrders } from '#practice/scenarios/takes-orders.ts';
import { writeOverlay } from '#src/practice-overlay.ts';
import { eventually } from '#test/practice/shop/eventually.ts';
import { createRandom } from '#test/simulation/engine/random.ts';
import { ofType, twice } from '#test/simulation/invariants/record.ts';
import {
  doneOnce,
  notesKept,
  pressesKept,
  readAll,
  rolledBackOnce,
} from '#test/soak/invariants.ts';
import { type Ledger, playPeople } from '#test/soak/people.ts';
import { unsettled } from '#test/soak/settled.ts';
import { openWorld, type World } from '#test/support/world.ts';

import { type Call, type Calls, createCalls, type Fault } from './calls.ts';
import { openFileLine } from './file-line.ts';
import { openHttpLine } from './http-line.ts';
import { openPostgresLine } from './postgres-line.ts';
import { openSecureLine } from './secure-line.ts';

export type Lived = {
  calls: readonly Call[];
  failed: readonly Call[];
  problems: readonly string[];
};

const windows = { rate: '3s', hold: '1s', every: '300ms', giveUp: '60s', fastEnough: '20s' };
/** Longer than anything takes here that waits for one who is silent, on a busy machine too. */
const longestMs = 150_000;
const runbook = 'checkout/bad-gateway-url.yaml';
const changedTitle = 'Changed while it runs';
/** Each of its calls may fail once. */
const mostStarts = 60;
const lookEveryMs = 500;
const mostLooks = 120;

/**
 * The incident of the report, from the bot's start to its end, on the real adapters: PostgreSQL, Slack,
 * the shop and the files are each reached by a way on which calls go wrong as the fault says.
 */
export async function liveThrough(fault: Fault | null): Promise<Lived> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'handrail-every-call-'));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  await cp('runbooks', path.join(folder, 'runbooks'), { recursive: true });
  // Gone after the bot, which is part of the world.
  const lines = opened.use(new AsyncDisposableStack());
  const world = opened.use(await openWorld({ shop: { ordersPerSecond: 10, scrapeMs: 200 } }));
  const calls = createCalls(fault);
  const environment = await openLines(world, folder, calls, lines);

  const problems: string[] = [];
  await startBot(world, environment, problems);
  await changeRunbook(world, folder).catch((error: unknown) => problems.push(String(error)));
  await world.breakProduction();
  const ledger = await untilSettled(world, problems);
  problems.push(...(await problemsOf(world, ledger)));
  return { calls: calls.all, failed: calls.failed, problems };
}

/** All that the bot is to know, by way of lines. */
async function openLines(
  { shop, workspace, databaseUrl }: World,
  folder: string,
  calls: Calls,
  opened: AsyncDisposableStack,
): Promise<Record<string, string>> {
  const http = async (name: string, url: string) =>
    opened.use(await openHttpLine(name, url, calls)).url;
  const hosts: Record<string, string> = {};
  for (const [name, address] of Object.entries(shop.hosts)) {
    hosts[name] = opened.use(await openSecureLine(name, address, calls)).address;
  }
  const lined = {
    ...shop,
    deployApiUrl: new URL(await http('deploys', shop.deployApiUrl)).origin,
    prometheusUrl: new URL(await http('metrics', shop.prometheusUrl)).origin,
    hosts,
  };
  const environment = {
    DATABASE_URL: opened.use(await openPostgresLine(databaseUrl, calls)).url,
    SLACK_API_URL: await http('slack', workspace.apiUrl),
    HANDRAIL_FOLDER: folder,
    HANDRAIL_RUNBOOKS: path.join(folder, 'runbooks'),
    HANDRAIL_OVERLAY: await writeOverlay(folder, lined, windows),
  };
  opened.use(openFileLine(folder, calls));
  return environment;
}

/** Again and again until it runs, as a supervisor does; a refusal is a sentence. */
async function startBot(
  world: World,
  environment: Record<string, string>,
  problems: string[],
): Promise<void> {
  for (let tries = 1; tries <= mostStarts; tries += 1) {
    try {
      await world.startBot(environment);
      return;
    } catch (error) {
      if (!isSentence(error)) problems.push(`no sentence at the start: ${String(error)}`);
      await wait(300);
    }
  }
  problems.push('it does not start');
}

/** What a person can do something with, and not a fault of ours. */
function isSentence(error: unknown): boolean {
  if (error instanceof PortError || error instanceof SettingsError) return true;
  return error instanceof Error && error.message.startsWith('HANDRAIL_');
}

/** As somebody edits it: the new text must come into force. */
async function changeRunbook({ cleo }: World, folder: string): Promise<void> {
  const place = path.join(folder, 'runbooks', runbook);
  const text = await readFile(path.join('runbooks', runbook), 'utf8');
  await using file = await open(place, 'w');
  await file.writeFile(text.replace(/^title: .*$/m, `title: ${changedTitle}`));
  for (let looks = 1; looks <= mostLooks; looks += 1) {
    await cleo.openHome();
    if (JSON.stringify((await cleo.see()).home).includes(changedTitle)) return;
    await wait(lookEveryMs);
  }
  throw new Error('a changed runbook does not come into force');
}

/** People work on the incident until it is resolved; then all must come to its end. */
async function untilSettled(world: World, problems: string[]): Promise<Ledger> {
  const ledger: Ledger = { presses: [], notes: [] };
  const over = new AbortController();
  const people = playPeople(world, { random: createRandom(1), ledger, signal: over.signal });
  const deadline = { withinMs: longestMs };
  await eventually(() => isResolved(world).catch(() => false), deadline).catch(() => {});
  over.abort();
  await people;

  let left: readonly string[] = [];
  const settled = async () => {
    left = await unsettled(world).catch((error: unknown) => [String(error)]);
    return left.length === 0;
  };
  await eventually(settled, deadline).catch(() => {
    problems.push(...left.map((what) => `stuck: ${what}`));
  });
  return ledger;
}

async function isResolved(world: World): Promise<boolean> {
  const [id] = await world.incidents();
  if (id === undefined) return false;
  return (await world.record(id)).stream.incident?.status === 'resolved';
}

async function problemsOf(world: World, ledger: Ledger): Promise<string[]> {
  const record = await readAll(world);
  const witness = { world, record, alerts: [], ledger, sent: [] };
  const rollbacks = await world.rollbacks();
  const incidents = await world.incidents();
  const resolved = ofType(record, 'IncidentResolved').length;
  const chains = await Promise.all(
    incidents.map(async (id) => {
      const found = verifyChain(id, await loadRecords(world.db, id), { sha256, heads: [] });
      return found.intact ? [] : [`the record of ${id} is not intact`];
    }),
  );
  return [
    ...(rollbacks.length === 1 ? [] : [`rolled back ${rollbacks.length} times`]),
    ...(incidents.length === 1 ? [] : [`${incidents.length} incidents`]),
    ...(resolved === 1 ? [] : [`resolved ${resolved} times`]),
    ...((await takesOrders(world.shop.checkoutUrls.production)) ? [] : ['no orders are taken']),
    ...twice(ofType(record, 'NoteAdded').map(({ event }) => event.texts['note'] ?? '')).map(
      (note) => `the note "${note}" is on record twice`,
    ),
    ...(await notesKept(witness)),
    ...(await pressesKept(witness)),
    ...doneOnce(witness),
    ...(await rolledBackOnce(witness)),
    ...chains.flat(),
  ];
}
