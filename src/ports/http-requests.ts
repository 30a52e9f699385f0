import type { Json } from '#domain/json.ts';

export type HttpWrite = {
  url: string;
  method: string;
  /** Text is sent as it is, anything else as JSON. */
  body?: Json | undefined;
  /** Sent as `Idempotency-Key`: one for each request that is meant to happen once. */
  key: string;
};

export type HttpAnswer =
  /** `body` is the parsed JSON, or the first 4 KiB of the text. */
  | { kind: 'answered'; status: number; body: Json }
  /** No byte of it has left. */
  | { kind: 'notSent'; message: string };

/** Requests that change something at whoever answers them. */
export interface HttpRequests {
  /**
   * Sends once and never again by itself; a redirect is an answer. The credentials of the connection
   * go along to its own origin only. A PortError means that it is not known whether it was taken.
   */
  send(connection: string | null, write: HttpWrite, signal: AbortSignal): Promise<HttpAnswer>;
}
