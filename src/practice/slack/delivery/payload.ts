/** Something for the app: an event that may come again, or an act of a person who is waiting. */
export type Payload = {
  type: 'events_api' | 'interactive' | 'slash_commands';
  body: Readonly<Record<string, unknown>>;
  retry: { attempt: number; reason: string } | null;
};

/**
 * What became of one delivery. `answer` is what the app sent along with its ack; `ms` the time from
 * sending to the ack.
 */
export type Receipt =
  | { acknowledged: true; answer: unknown; ms: number }
  | { acknowledged: false; reason: 'timeout' | 'no-connection' | 'http-error' };

/** A way to the app. Resolves within `timeoutMs`, whatever the app does. */
export type Carrier = { deliver(payload: Payload, timeoutMs: number): Promise<Receipt> };
