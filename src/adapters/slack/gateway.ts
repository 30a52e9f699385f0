import { webApi } from '@slack/bolt';

import type { Log } from '#ports/log.ts';
import { PortError } from '#ports/port-error.ts';
import { scrubbed } from '#ports/scrubbed.ts';

import { boltLogger } from './bolt-logger.ts';
import { type Budget, createLocalBudget, type Rank, withFallback } from './budget.ts';
import { type Method, type MethodFacts, METHODS } from './methods.ts';
import { slackError } from './slack-error.ts';
import { systemTime, type Time } from './time.ts';
import { createTurns, type Pace, type Turns } from './turns.ts';

/** One attempt; and a call with its waiting for a turn and its repeats. */
const ATTEMPT_MS = 10_000;
const CALL_MS = 30_000;
const REPEATS = 2;

export type GatewayDeps = {
  token: string;
  /** Where the Web API is, with a slash at the end; Slack's own unless given. */
  slackApiUrl?: string;
  log: Log;
  /** What all replicas count their calls in; without it this process counts alone. */
  budget?: Budget;
  time?: Time;
  /** Takes secrets out of what is said. */
  scrub?: (text: string) => string;
  /** Told of each call when it ended: `ok`, or the code of its error. */
  onCall?: (call: { method: Method; outcome: string; tookMs: number }) => void;
};

/**
 * All our calls of Slack's Web API. It keeps to Slack's rates by itself (the SDK would hold up every
 * call for one that was limited), urgent calls first; a call that gets no turn or no answer in thirty
 * seconds is a PortError with `retry: true`; `ratelimited` says that Slack has done nothing. What is not
 * `repeatable` goes out once.
 */
export type Gateway = {
  call(method: Method, args: Record<string, unknown>, options?: CallOptions): Promise<unknown>;
};

/** Without a rank it is `calm`. */
export type CallOptions = { rank?: Rank; withinMs?: number };

export function createGateway(deps: GatewayDeps): Gateway {
  const time = deps.time ?? systemTime;
  const queues = new Map<string, Turns>();
  const budget =
    deps.budget === undefined
      ? createLocalBudget(time)
      : withFallback(deps.budget, time, (error) => {
          deps.log.warn({ error }, 'calls of Slack could not be counted together');
        });
  const client = new webApi.WebClient(deps.token, {
    ...(deps.slackApiUrl === undefined ? {} : { slackApiUrl: deps.slackApiUrl }),
    timeout: ATTEMPT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: boltLogger(deps.log, [deps.token]),
  });

  function turnsOf(key: string, pace: Pace): Turns {
    const known = queues.get(key);
    if (known !== undefined) return known;
    const turns = createTurns({ budget, key, pace, time });
    queues.set(key, turns);
    return turns;
  }

  /** Of the channel first, where there is one: a turn of the workspace is too dear to wait with. */
  function queuesFor(method: Method, channel: unknown): Turns[] {
    const { pace, inChannel }: MethodFacts = METHODS[method];
    return [
      ...(inChannel === undefined ? [] : [turnsOf(`${method} ${String(channel)}`, inChannel)]),
      turnsOf(method, pace),
    ];
  }

  async function tryCall(
    method: Method,
    args: Record<string, unknown>,
    options: CallOptions,
  ): Promise<unknown> {
    const waiting = queuesFor(method, args['channel']);
    const deadline = time.now() + (options.withinMs ?? CALL_MS);
    const attempts = METHODS[method].repeatable ? 1 + REPEATS : 1;

    for (let attempt = 1; ;) {
      for (const turns of waiting) {
        if (await turns.take(options.rank ?? 'calm', deadline - time.now())) continue;
        throw new PortError('ratelimited', `No turn in time for ${method}`, { retry: true });
      }
      try {
        return await client.apiCall(method, args);
      } catch (error) {
        const failure = slackError(method, error);
        if (error instanceof webApi.WebAPIRateLimitedError) {
          waiting[0]?.pause(error.retryAfter * 1000);
        } else if (failure.retry && attempt < attempts && time.now() < deadline) {
          attempt += 1;
        } else {
          throw failure;
        }
      }
    }
  }

  return {
    async call(method, args, options = {}) {
      const begun = time.now();
      const ended = (outcome: string) =>
        deps.onCall?.({ method, outcome, tookMs: time.now() - begun });
      try {
        const said = deps.scrub === undefined ? args : scrubbed(args, deps.scrub);
        const answer = await tryCall(method, said, options);
        ended('ok');
        return answer;
      } catch (error) {
        ended(error instanceof PortError ? error.code : 'failed');
        throw error;
      }
    },
  };
}
