import type { Carrier, Payload, Receipt } from './payload.ts';

export type AckRecord = { type: string; name: string; ms: number | null };

/** Acks kept for the metrics; a practice is shorter than this. */
const KEPT_ACKS = 5_000;

export type Dispatcher = {
  /** Sends an act of a person once, and waits for the ack. `name` says what it was in the metrics. */
  act(
    type: 'interactive' | 'slash_commands',
    name: string,
    body: Payload['body'],
  ): Promise<Receipt>;
  /** Sends an event in the background, and again until it is acknowledged or the tries are used up. */
  event(body: Payload['body']): void;
  acks(): readonly AckRecord[];
  close(): void;
};

export function createDispatcher(deps: {
  carrier: () => Carrier;
  ackTimeoutMs: number;
  redeliveryDelaysMs: readonly number[];
}): Dispatcher {
  const acks: AckRecord[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let open = true;

  function record(ack: AckRecord): void {
    acks.push(ack);
    if (acks.length > KEPT_ACKS) acks.shift();
  }

  async function send(body: Payload['body'], attempt: number, reason: string): Promise<void> {
    const receipt = await deps
      .carrier()
      .deliver(
        { type: 'events_api', body, retry: attempt === 0 ? null : { attempt, reason } },
        deps.ackTimeoutMs,
      );
    if (receipt.acknowledged || !open) return;
    const delay = deps.redeliveryDelaysMs[attempt];
    if (delay === undefined) return;
    const again = receipt.reason === 'timeout' ? 'http_timeout' : 'http_error';
    const timer = setTimeout(() => {
      timers.delete(timer);
      void send(body, attempt + 1, again);
    }, delay);
    timers.add(timer);
  }

  return {
    async act(type, name, body) {
      const receipt = await deps.carrier().deliver({ type, body, retry: null }, deps.ackTimeoutMs);
      record({ type, name, ms: receipt.acknowledged ? receipt.ms : null });
      return receipt;
    },
    event(body) {
      void send(body, 0, '');
    },
    acks: () => acks,
    close() {
      open = false;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
