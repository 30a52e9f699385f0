import type { App } from './app.ts';
import { announceJob, type Lane } from './execute.ts';
import { loadPosted, type Posted } from './posted.ts';
import { catchUp } from './read-models/catch-up.ts';
import { type Desired, desiredMessages } from './read-models/desired.ts';
import type { Drawing } from './read-models/drawing.ts';

/** So many messages of which the first is so late are told in one. */
const several = 3;
const lateMs = 60_000;

/**
 * The sentences and the evidence of a stream as they should stand now. When several could not be posted
 * for a while, because Slack or the bot was down or Slack takes no more, one message is posted in their
 * place, in the channel. That is the notice lane's; the other one leaves to it what is late.
 */
export async function withCatchUp(
  app: App,
  drawing: Drawing,
  place: string | null,
  { lane, posted }: { lane: Exclude<Lane, 'main'>; posted: Posted },
): Promise<readonly Desired[]> {
  const { stream, now } = drawing;
  const load = (one: Lane) => (one === lane ? posted : loadPosted(app, stream.id, one));
  const [main, notice, thread] = [await load('main'), await load('notice'), await load('thread')];
  const mine = desiredMessages(drawing, lane, place);
  const channel = stream.incident?.channel?.id ?? place;
  if (channel === null) return mine;
  const others = desiredMessages(drawing, lane === 'notice' ? 'thread' : 'notice', place);
  const all = [...mine, ...others];

  const before = Object.entries(notice.messages).filter(([, { ts }]) => ts !== null);
  const told = new Set(before.flatMap(([, { tells }]) => tells));
  const waits = ({ slot, to, happened }: Desired) => {
    if (happened === undefined || told.has(slot)) return false;
    if (!('thread' in to)) return notice.messages[slot]?.ts == null;
    const root = main.messages[to.thread];
    return thread.messages[slot]?.ts == null && root?.ts != null && !root.gone;
  };
  const waiting = all.filter(waits);
  const first = waiting.map(({ happened = now }) => happened).toSorted()[0] ?? now;
  const isLate = Date.parse(now) - Date.parse(first) >= lateMs;
  const begun = Object.entries(notice.messages).find(
    ([, { ts, tells }]) => ts === null && tells.length > 0,
  );
  const isDue = begun !== undefined || (isLate && waiting.length >= several);
  if (isDue && lane === 'thread') await app.jobs.enqueue(announceJob(stream.id, 'notice'));

  const together = (slot: string, tell: readonly Desired[]): Desired => ({
    slot,
    to: { channel },
    message: catchUp(drawing, tell),
    pin: false,
    pulse: '',
    once: true,
    tells: tell.map((one) => one.slot),
  });

  const alone = mine.filter((one) => !told.has(one.slot) && !(isDue && waiting.includes(one)));
  if (lane === 'thread') return alone;
  const earlier = before.flatMap(([slot, { tells }]) =>
    tells.length === 0
      ? []
      : [
          together(
            slot,
            all.filter((one) => tells.includes(one.slot)),
          ),
        ],
  );
  const slot = begun?.[0] ?? `catch-up:${waiting[0]?.slot}`;
  const due = isDue && waiting.length > 0 ? [together(slot, waiting)] : [];
  return [...earlier, ...due, ...alone];
}
