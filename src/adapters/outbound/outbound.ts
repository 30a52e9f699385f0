import { performance } from 'node:perf_hooks';

import pLimit, { type LimitFunction } from 'p-limit';

import type { OutboundSettings } from '#domain/runbook/settings.ts';
import type { Outbound, OutboundRequest, OutboundResponse, Timings } from '#ports/outbound.ts';

import { answersTo } from './answers.ts';
import { attempt, type Attempt, type Phase } from './attempt.ts';
import { dialTcp, secure } from './dial.ts';
import { exchange } from './exchange.ts';
import { OutboundError, refusal } from './outbound-error.ts';
import { redirected } from './redirect.ts';
import { createSystemResolver, type Resolver } from './resolver.ts';
import { findRoute, type Route, type Target } from './route.ts';
import { tlsFacts } from './tls-facts.ts';
import { createTrust } from './trust.ts';

/** More fresh handshakes at once delay everything else in this process. */
const HANDSHAKES_AT_ONCE = 8;

type Sent = { route: Route; response: OutboundResponse };

export function createOutbound(deps: {
  settings: () => OutboundSettings;
  resolver?: Resolver;
  dial?: typeof dialTcp;
}): Outbound {
  const { settings, resolver = createSystemResolver(), dial: connect = dialTcp } = deps;
  const trust = createTrust();
  const turns = pLimit(HANDSHAKES_AT_ONCE);

  const dial = async (target: Target, running: Attempt) => {
    const route = await running.during(
      'lookup',
      () => findRoute(target, settings(), resolver, running.signal),
      target.host,
    );
    return { route, socket: await running.during('connect', () => connect(route, running.signal)) };
  };

  const dialTls = async (
    target: Target & { servername: string | null },
    verify: boolean,
    running: Attempt,
  ) => {
    const context = await running.during('lookup', () => trust(settings().ca));
    const { route, socket } = await dial(target, running);
    const { servername } = target;
    const { signal } = running;
    const secured = await inTurn(turns, running, () =>
      running.during('tls', () =>
        secure(socket, { host: route.host, servername, context, verify, signal }),
      ),
    );
    return { route, socket: secured };
  };

  const send = async (request: OutboundRequest, ledBy: Route | null, running: Attempt) => {
    const url = readUrl(request.url);
    const tls = url.protocol === 'https:';
    const port = url.port === '' ? (tls ? 443 : 80) : Number(url.port);
    const target = { host: url.hostname, port, ...(ledBy !== null && { ledBy }) };
    const { route, socket } = tls
      ? await dialTls({ ...target, servername: null }, true, running)
      : await dial(target, running);
    const answer = await exchange(socket, url, request, running);
    const timings = timingsOf(running.spent, tls);
    const response: OutboundResponse = { ...answer, url: url.href, timings };
    return { route, response };
  };

  return {
    request: (request, options) =>
      attempt(options, async (running) => {
        const startedAt = performance.now();
        let next = request;
        let ledBy: Route | null = null;
        for (;;) {
          const { route, response }: Sent = await send(next, ledBy, running);
          const { status, headers } = response;
          const following = redirected(next, { status, location: headers['location'] });
          if (following === null || (request.redirects ?? 0) === 0) {
            const total = performance.now() - startedAt - (running.spent.get('turn') ?? 0);
            return { ...response, timings: { ...response.timings, total } };
          }
          if ((next.redirects ?? 0) === 0) throw tooManyRedirects();
          next = following;
          ledBy = route;
        }
      }),

    connect: (target, options) =>
      attempt(options, async (running) => {
        const { socket } = await dial(target, running);
        socket.destroy();
        return { durationMs: running.spent.get('connect') ?? 0 };
      }),

    handshake: (target, options) =>
      attempt(options, async (running) => {
        const { socket } = await dialTls(target, false, running);
        try {
          return tlsFacts(socket);
        } finally {
          socket.destroy();
        }
      }),

    query: (question, options) =>
      attempt(options, async (running) => {
        const answers = await running.during(
          'lookup',
          () => answersTo(question, settings(), resolver, running.signal),
          question.name,
        );
        const durationMs = running.spent.get('lookup') ?? 0;
        return { ...answers, durationMs };
      }),
  };
}

/**
 * Waits for one of the places. It does so under a phase of its own, since waiting is neither the
 * target's silence nor time that the target took.
 */
async function inTurn<T>(
  turns: LimitFunction,
  running: Attempt,
  work: () => Promise<T>,
): Promise<T> {
  const turn = Promise.withResolvers<void>();
  const over = Promise.withResolvers<void>();
  void turns(async () => {
    turn.resolve();
    await over.promise;
  });
  try {
    await running.during('turn', () => turn.promise);
    return await work();
  } finally {
    over.resolve();
  }
}

/** User and password in a URL are refused: they would be shown wherever the URL is. */
function readUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null) throw refusal('URL', `${text.slice(0, 200)} is not a URL.`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refusal('URL', `Only http and https can be reached, not ${url.protocol}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw refusal('URL', `Write the URL of ${url.hostname} without a user and a password.`);
  }
  if (CLIMBS.test(text.replaceAll(/[\t\n\r]/g, '').replace(/[?#].*$/s, ''))) {
    throw refusal('URL', `Write the URL of ${url.hostname} without . and .. in its path.`);
  }
  return url;
}

/** What was filled into a path is a part of it: no name leads to what lies beside or above. */
const CLIMBS = /[\\/](?:\.|%2e){1,2}(?:[\\/]|$)/i;

function timingsOf(spent: ReadonlyMap<Phase, number>, tls: boolean): Timings {
  return {
    dns: spent.get('lookup') ?? 0,
    connect: spent.get('connect') ?? 0,
    tls: tls ? (spent.get('tls') ?? 0) : null,
    firstByte: spent.get('response') ?? 0,
    total: 0,
  };
}

function tooManyRedirects(): OutboundError {
  const message = 'The target redirects again and again';
  const code = 'TOO_MANY_REDIRECTS';
  return new OutboundError({ fault: 'target', code, message, retry: false, sent: true });
}
