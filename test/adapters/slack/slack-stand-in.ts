import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import { type WebSocket, WebSocketServer } from 'ws';

type Fields = Readonly<Record<string, string>>;
type Call = { method: string; args: Fields };
/** An answer without a body has been given already, by way of the response. */
type Answer = (args: Fields, response: ServerResponse) => object | undefined;

/**
 * Slack's Web API, response URLs and Socket Mode on a loopback port, as small as the tests of the
 * adapter need: it answers what it is told to and remembers what it was asked.
 */
export async function slackStandIn(answers: Readonly<Record<string, Answer>> = {}) {
  const calls: Call[] = [];
  const responded: unknown[] = [];
  const acks: Record<string, unknown>[] = [];
  const sockets: WebSocket[] = [];
  const watchers = new Set<() => void>();
  const changed = () => watchers.forEach((watch) => watch());
  const server = createServer((request, response) => {
    void serveRequest(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('server has no port');
  const url = `127.0.0.1:${address.port}`;

  const ready: Readonly<Record<string, Answer>> = {
    'auth.test': () => ({ ok: true, team_id: 'T1', user_id: 'U0BOT', bot_id: 'B0BOT' }),
    'apps.connections.open': () => ({ ok: true, url: `ws://${url}` }),
  };

  const socketServer = new WebSocketServer({ server });
  socketServer.on('connection', (socket) => {
    sockets.push(socket);
    changed();
    socket.on('message', (data: Buffer) => {
      acks.push(JSON.parse(data.toString()));
      changed();
    });
    socket.send(JSON.stringify({ type: 'hello', num_connections: sockets.length }));
  });

  async function serveRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const method = (request.url ?? '').replace('/api/', '');
    if (method === '/response') {
      responded.push(JSON.parse(body));
      response.end('ok');
      return changed();
    }
    const args = Object.fromEntries(new URLSearchParams(body));
    calls.push({ method, args });
    changed();
    const answer = (answers[method] ?? ready[method])?.(args, response) ?? { ok: true };
    if (!response.headersSent && !response.destroyed) response.end(JSON.stringify(answer));
  }

  return {
    url: `http://${url}`,
    apiUrl: `http://${url}/api/`,
    responseUrl: `http://${url}/response`,
    calls,
    responded,
    acks,
    sockets,
    of: (method: string) => calls.filter((call) => call.method === method).map(({ args }) => args),
    /** Sends a payload as Slack does, to one connection. */
    deliver(type: string, payload: unknown, connection = 0): void {
      const envelope = {
        type,
        payload,
        envelope_id: `e${acks.length}`,
        accepts_response_payload: true,
      };
      sockets[connection]?.send(JSON.stringify(envelope));
    },
    /** Waits until something is so; what is asked or answered makes it look again. */
    async until(condition: () => boolean): Promise<void> {
      if (condition()) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const watch = () => {
        if (condition()) resolve();
      };
      watchers.add(watch);
      const deadline = AbortSignal.timeout(5_000);
      const late = once(deadline, 'abort').then(() => {
        throw new Error(`never came: ${condition.toString()}`);
      });
      await Promise.race([promise, late]).finally(() => watchers.delete(watch));
    },
    async [Symbol.asyncDispose]() {
      for (const socket of socketServer.clients) socket.terminate();
      socketServer.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
