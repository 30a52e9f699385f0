import type { App } from './app.ts';
import { announceJob, type Lane } from './execute.ts';
import { loadPosted, type Posted } from './posted.ts';
import { catchUp } from './read-models/catch-up.ts';
import { type Desired, desiredMessages } from './read-models/desired.ts';
import type { Drawing } from './read-models/drawing.ts';

/** So many messages to one place of which the first is so late are told in one. */
const several = 3;
const lateMs = 60_000;

/**
 * The sentences and the evidence of a stream as they should stand now. When several could not be posted
 * for a while, because Slack or the bot was down or Slack takes no more, one message is posted in their
 * place: one in the channel, one under the announcement, one to each who follows. That is the notice
 * lane's; the other one leaves to it what is late.
 */
export async function withCatchUp(
  app: App,
  drawing: Drawing,
  place: string | null,
  { lane, posted }: { lane: Exclude<Lane, 'main'>; posted: Posted },
): Promise<readonly Desired[]> {
  const { stream, now } = drawing;
  const load = (one: Lane) => (one === lane ? posted : loadPosted(app, stream.id, one));
  const mine = desiredMessages(drawing, lane, place);
  // Where all stands that is to stand, nothing of this lane is late; the notice lane sees to both.
  const stands = ({ slot }: Desired) => posted.messages[slot]?.ts != null;
  if (lane === 'thread' && mine.every(stands)) return mine;
  const notice = await load('notice');
  const catchUps = Object.entries(notice.messages).filter(([, { tells }]) => tells.length > 0);
  if (catchUps.length === 0 && !isLateAt(now, drawing.events[0]?.event.at ?? now)) return mine;

  const [main, thread] = [await load('main'), await load('thread')];
  const others = desiredMessages(drawing, lane === 'notice' ? 'thread' : 'notice', place);
  const all = [...mine, ...others];
  const channel = stream.incident?.channel?.id ?? place;

  const told = new Set(catchUps.flatMap(([, { ts, tells }]) => (ts === null ? [] : tells)));
  const waits = ({ slot, to, happened }: Desired) => {
    const isPosted = (notice.messages[slot] ?? thread.messages[slot])?.ts != null;
    if (happened === undefined || told.has(slot) || isPosted) return false;
    const root = 'thread' in to ? main.messages[to.thread] : null;
    return root === null || (root?.ts != null && !root.gone);
  };
  const places = Map.groupBy(all.filter(waits), (one) => JSON.stringify(placeOf(one, channel)));
  const due = [...places.values()].flatMap((waiting) => {
    const begun = catchUps.find(
      ([, { ts, tells }]) => ts === null && waiting.some(({ slot }) => tells.includes(slot)),
    );
    const first = waiting.map(({ happened }) => happened?.at ?? now).toSorted()[0] ?? now;
    if (begun === undefined && !(isLateAt(now, first) && waiting.length >= several)) return [];
    return [{ slot: begun?.[0] ?? `catch-up:${waiting[0]?.slot}`, tell: waiting }];
  });

  const late = new Set(due.flatMap(({ tell }) => tell.map(({ slot }) => slot)));
  const alone = mine.filter(({ slot }) => !told.has(slot) && !late.has(slot));
  if (lane === 'thread') {
    const isLeft = mine.some(({ slot }) => late.has(slot));
    if (isLeft) await app.jobs.enqueue(announceJob(stream.id, 'notice'));
    return alone;
  }
  const earlier = catchUps.flatMap(([slot, { ts, tells }]) =>
    ts === null ? [] : [{ slot, tell: all.filter((one) => tells.includes(one.slot)) }],
  );
  const together = [...earlier, ...due].flatMap(({ slot, tell }): Desired[] => {
    const [first] = tell;
    if (first === undefined) return [];
    const to = placeOf(first, channel);
    const tells = tell.map((one) => one.slot);
    const message = catchUp(drawing, to, tell);
    return [{ slot, to, message, pin: false, pulse: '', once: true, tells }];
  });
  return [...together, ...alone];
}

/** What stands under a run's message is told beside it. */
function placeOf({ to }: Desired, channel: string | null): Desired['to'] {
  const isOfRun = 'thread' in to && to.thread !== 'announcement';
  return isOfRun && channel !== null ? { channel } : to;
}

function isLateAt(now: string, happened: string): boolean {
  return Date.parse(now) - Date.parse(happened) >= lateMs;
}
