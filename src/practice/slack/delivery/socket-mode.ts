import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import { type RawData, type WebSocket, WebSocketServer } from 'ws';

import { isObject, parseJson } from '#practice/slack/json.ts';
import { newSecret } from '#practice/slack/world/ids.ts';

import type { Carrier, Payload, Receipt } from './payload.ts';

const GOODBYE_MS = 500;
const PING_MS = 10_000;
const MOST_CONNECTIONS = 10;

export type SocketMode = Carrier & {
  /** A ticket for one connection. */
  ticket(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  connections(): number;
  /** Says `disconnect` on so many connections, as Slack does now and then, and hangs up. */
  disconnect(reason: 'refresh_requested' | 'warning' | 'link_disabled', count: number): void;
  /** Cuts so many of the connections, without a word. */
  cut(count: number): void;
  close(): Promise<void>;
};

type Waiting = { connection: WebSocket; settle: (receipt: Receipt) => void; sentAt: number };

/** The app's end of its connections. Each payload goes to exactly one of them, in turn. */
export function createSocketMode(appId: string): SocketMode {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const waiting = new Map<string, Waiting>();
  let connections: WebSocket[] = [];
  let turn = 0;

  const pings = setInterval(() => connections.forEach((connection) => connection.ping()), PING_MS);
  pings.unref();

  function greet(connection: WebSocket): void {
    connections = [...connections, connection];
    connection.on('message', (data) => acknowledge(textOf(data)));
    connection.on('error', () => connection.terminate());
    connection.on('close', () => {
      connections = connections.filter((other) => other !== connection);
      for (const [id, envelope] of waiting) {
        if (envelope.connection === connection) {
          settle(id, { acknowledged: false, reason: 'no-connection' });
        }
      }
    });
    connection.send(
      JSON.stringify({
        type: 'hello',
        num_connections: connections.length,
        connection_info: { app_id: appId },
        debug_info: { host: 'practice', approximate_connection_time: 18_060 },
      }),
    );
  }

  function acknowledge(text: string): void {
    const message = parseJson(text);
    if (!isObject(message) || typeof message['envelope_id'] !== 'string') return;
    const envelope = waiting.get(message['envelope_id']);
    if (envelope === undefined) return;
    settle(message['envelope_id'], {
      acknowledged: true,
      answer: message['payload'],
      ms: performance.now() - envelope.sentAt,
    });
  }

  function settle(id: string, receipt: Receipt): void {
    const envelope = waiting.get(id);
    waiting.delete(id);
    envelope?.settle(receipt);
  }

  function next(): WebSocket | undefined {
    const open = connections.filter((connection) => connection.readyState === connection.OPEN);
    turn += 1;
    return open[turn % Math.max(open.length, 1)];
  }

  return {
    ticket() {
      const ticket = newSecret();
      tickets.add(ticket);
      return ticket;
    },

    upgrade(request, socket, head) {
      const ticket =
        new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket) || connections.length >= MOST_CONNECTIONS) {
        socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, greet);
    },

    connections: () => connections.length,

    async deliver(payload, timeoutMs) {
      const connection = next();
      if (connection === undefined) return { acknowledged: false, reason: 'no-connection' };
      const id = crypto.randomUUID();
      const { promise, resolve } = Promise.withResolvers<Receipt>();
      waiting.set(id, { connection, settle: resolve, sentAt: performance.now() });
      const timer = setTimeout(
        () => settle(id, { acknowledged: false, reason: 'timeout' }),
        timeoutMs,
      );
      connection.send(JSON.stringify(envelopeOf(id, payload)));
      const receipt = await promise;
      clearTimeout(timer);
      return receipt;
    },

    disconnect(reason, count) {
      for (const connection of connections.slice(0, count)) {
        connection.send(
          JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'practice' } }),
        );
        connection.close(1000);
      }
    },

    cut(count) {
      for (const connection of connections.slice(0, count)) connection.terminate();
    },

    async close() {
      clearInterval(pings);
      await Promise.all(connections.map(hangUp));
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Says goodbye, and cuts the line when that is not answered. */
async function hangUp(connection: WebSocket): Promise<void> {
  const gone = once(connection, 'close');
  const timer = setTimeout(() => connection.terminate(), GOODBYE_MS);
  connection.close(1001);
  await gone;
  clearTimeout(timer);
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.from(data instanceof ArrayBuffer ? new Uint8Array(data) : data).toString();
}

function envelopeOf(id: string, payload: Payload): Record<string, unknown> {
  return {
    envelope_id: id,
    type: payload.type,
    payload: payload.body,
    accepts_response_payload: payload.type !== 'events_api',
    ...(payload.type === 'events_api'
      ? { retry_attempt: payload.retry?.attempt ?? 0, retry_reason: payload.retry?.reason ?? '' }
      : {}),
  };
}
