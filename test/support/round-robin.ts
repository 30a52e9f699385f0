import { once } from 'node:events';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

import { serve } from './serve.ts';

/**
 * What stands in front of several replicas: each request goes to the next of them, and to the one
 * after it where nobody listens. `served` counts the answers of each.
 */
export async function serveRoundRobin(
  urls: readonly string[],
): Promise<AsyncDisposable & { url: string; served: () => readonly number[] }> {
  const served = urls.map(() => 0);
  let turn = 0;

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    for (let tries = 0; tries < urls.length; tries += 1) {
      turn = (turn + 1) % urls.length;
      const answer = await ask(urls[turn] ?? '', incoming, body).catch(() => null);
      if (answer === null) continue;
      served[turn] = (served[turn] ?? 0) + 1;
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      return;
    }
    outgoing.writeHead(502).end();
  }

  const server = await serve((incoming, outgoing) => void pass(incoming, outgoing));
  return { ...server, served: () => served };
}

async function ask(url: string, incoming: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  const { method = 'GET', headers, url: path = '/' } = incoming;
  const outgoing = request(new URL(path, url), { method, headers });
  outgoing.end(body);
  const [answer]: IncomingMessage[] = await once(outgoing, 'response');
  if (answer === undefined) throw new Error('there is no answer');
  return answer;
}
