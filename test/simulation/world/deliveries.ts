import type { JsonObject } from '#domain/json.ts';
import type { Random } from '#test/simulation/engine/random.ts';
import type { Schedule } from '#test/simulation/engine/schedule.ts';

import type { Replica } from './replica.ts';

/** What a person did in Slack, on its way to the product. */
export type Payload = {
  kind: 'press' | 'form' | 'note' | 'command';
  person: string;
  body: JsonObject;
  sentAt: number;
  /** When the product said that it has it. */
  ackedAt: number | null;
  /** The button that was pressed, also behind a form. */
  control: string | null;
  /** Unique, for what can be found again in the record. */
  text: string | null;
};

export type Deliveries = {
  send(payload: Omit<Payload, 'sentAt' | 'ackedAt'>): void;
  sent: readonly Payload[];
};

/** Slack waits three seconds for an answer, then says that something went wrong, or sends it again. */
const patienceMs = 3_000;
const sweepEveryMs = 2_000;
const abandonedAfterMs = 10_000;

export function createDeliveries(deps: {
  schedule: Schedule;
  random: Random;
  isFoul: () => boolean;
  replicas: () => readonly Replica[];
  /** Whether something was stored and is not dealt with. */
  isUnfinished: () => boolean;
  /** Share of what comes twice, comes late or is never told to have come. */
  repeats: number;
}): Deliveries {
  const { schedule, random, isFoul, replicas, isUnfinished, repeats } = deps;
  const sent: Payload[] = [];
  let sweeping = false;
  let deliveredAt = 0;

  function deliver(payload: Payload, tries: number): void {
    const replica = random.pick(replicas());
    if (replica === undefined) {
      if (tries < 3) schedule.after(patienceMs, () => deliver(payload, tries + 1));
      return;
    }
    let acknowledged = false;
    const answerIsLost = isFoul() && random.chance(repeats);
    const ack = () => {
      payload.ackedAt ??= schedule.now();
      acknowledged = !answerIsLost;
    };
    // Each delivery of an event has an id of its own.
    const body = { ...payload.body, event_id: `Ev${sent.length}-${tries}-${schedule.now()}` };
    replica.machine.inside(() => void received(replica, body, ack));
    schedule.after(patienceMs, () => {
      if (!acknowledged && tries < 3) deliver(payload, tries + 1);
    });
    deliveredAt = schedule.now();
    if (!sweeping) sweepAfter(abandonedAfterMs);
  }

  /** Every process does so every two seconds; here one of them, as long as there is something. */
  function sweepAfter(ms: number): void {
    sweeping = true;
    schedule.after(ms + random.unit() * sweepEveryMs, () => {
      // Whoever slept with it in hand may yet store it.
      sweeping = isUnfinished() || schedule.now() < deliveredAt + 60_000;
      if (!sweeping) return;
      const awake = replicas().filter(({ machine }) => machine.isAwake());
      const replica = isUnfinished() ? random.pick(awake) : undefined;
      void replica?.entrance.sweep().catch(() => {});
      sweepAfter(sweepEveryMs);
    });
  }

  return {
    sent,
    send(given) {
      const payload = { ...given, sentAt: schedule.now(), ackedAt: null };
      sent.push(payload);
      const delay = () => 10 + random.unit() * 60;
      schedule.after(delay(), () => deliver(payload, 1));
      if (isFoul() && random.chance(repeats)) {
        schedule.after(delay() + random.unit() * 20_000, () => deliver(payload, 4));
      }
    },
  };
}

async function received(replica: Replica, body: JsonObject, ack: () => void): Promise<void> {
  try {
    await replica.entrance.receive(body, ack);
  } catch {
    // Bolt's receiver logs it; Slack gets no answer.
  }
}
