import type { AlertNotification } from '#domain/alert.ts';
import type { Random } from '#test/simulation/engine/random.ts';
import type { Schedule } from '#test/simulation/engine/schedule.ts';

import type { Replica } from './replica.ts';

/** A notification, and when the product said that it has it. */
export type Sent = { notification: AlertNotification; ackedAt: number | null };

export type Alertmanager = {
  /** A group of alerts from its beginning: it grows, is repeated, resolves, and fires again perhaps. */
  fire(name: string, severity: string): void;
  sent: readonly Sent[];
  /** Whether all that was sent is taken. */
  isDone(): boolean;
};

const answerWithinMs = 10_000;

/** Two of them that know each other, as one should have: what one sends the other may send as well. */
export function createAlertmanager(deps: {
  schedule: Schedule;
  random: Random;
  epochMs: number;
  replicas: () => readonly Replica[];
  repeats: number;
  /** How long times are bad: a group grows meanwhile, and may resolve then or later. */
  foulMs: number;
}): Alertmanager {
  const { schedule, random, epochMs, replicas, repeats, foulMs } = deps;
  const sent: Sent[] = [];

  function send(notification: AlertNotification): void {
    const one: Sent = { notification, ackedAt: null };
    sent.push(one);
    post(one, 1);
    if (random.chance(repeats)) schedule.after(random.unit() * 100, () => post(one, 1));
    if (random.chance(repeats)) schedule.after(random.unit() * 30_000, () => post(one, 1));
  }

  /** Until it is taken; after a 5xx and after silence, with growing pauses. */
  function post(one: Sent, tries: number): void {
    const again = () => {
      if (open) schedule.after(1_000 * Math.min(30, 2 ** tries), () => post(one, tries + 1));
      open = false;
    };
    let open = true;
    const taken = () => {
      if (!open) return;
      one.ackedAt ??= schedule.now();
      open = false;
    };
    const replica = random.pick(replicas());
    if (replica === undefined) return again();
    replica.machine.inside(() => void receive(replica, one.notification, taken, again));
    schedule.after(answerWithinMs, again);
  }

  return {
    sent,
    isDone: () => sent.every(({ ackedAt }) => ackedAt !== null),
    fire(name, severity) {
      const labels = {
        alertname: name,
        severity,
        service: 'checkout',
        environment: 'production',
      };
      const startsAt = new Date(epochMs + Math.floor(schedule.now())).toISOString();
      const alert = (pod: string, endsAt: string | null = null) => ({
        fingerprint: `${name}-${pod}`,
        status: endsAt === null ? ('firing' as const) : ('resolved' as const),
        labels: { ...labels, pod },
        annotations: {},
        startsAt,
        endsAt,
        url: null,
      });
      const notify = (alerts: AlertNotification['alerts']) =>
        send({
          source: 'alertmanager',
          group: `{}:{alertname="${name}"}`,
          status: alerts.some(({ status }) => status === 'firing') ? 'firing' : 'resolved',
          labels,
          annotations: { summary: `${name} fires` },
          alerts,
        });

      notify([alert('a')]);
      const storm = random.chance(repeats / 4) ? random.whole(3, 8) : random.whole(0, 1);
      for (let more = 1; more <= storm; more += 1) {
        const pods = ['a', ...Array.from({ length: more }, (_, index) => `b${index}`)];
        const inMs = random.unit() * (storm <= 1 ? foulMs : 3_000);
        schedule.after(inMs, () => notify(pods.map((pod) => alert(pod))));
      }
      if (random.chance(0.4)) {
        schedule.after(random.unit() * 4 * foulMs, () => {
          notify([alert('a', new Date(epochMs + Math.floor(schedule.now())).toISOString())]);
        });
      }
    },
  };
}

async function receive(
  { useCases }: Replica,
  notification: AlertNotification,
  taken: () => void,
  again: () => void,
): Promise<void> {
  try {
    await useCases.receiveAlert(notification);
    taken();
  } catch {
    again();
  }
}
