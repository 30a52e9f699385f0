import { webApi } from '@slack/bolt';

import type { Log } from '#ports/log.ts';
import { PortError } from '#ports/port-error.ts';
import { scrubbed } from '#ports/scrubbed.ts';

import { boltLogger } from './bolt-logger.ts';
import { type Bucket, createBucket } from './bucket.ts';
import { type Method, type MethodPace, METHODS } from './methods.ts';
import { slackError } from './slack-error.ts';
import { systemTime, type Time } from './time.ts';

/** One attempt; and a call with its waiting for a turn and its repeats. */
const ATTEMPT_MS = 10_000;
const CALL_MS = 30_000;
const REPEATS = 2;

export type GatewayDeps = {
  token: string;
  /** Where the Web API is, with a slash at the end; Slack's own unless given. */
  slackApiUrl?: string;
  log: Log;
  time?: Time;
  /** Takes secrets out of what is said. */
  scrub?: (text: string) => string;
  /** Told of each call when it ended: `ok`, or the code of its error. */
  onCall?: (call: { method: Method; outcome: string; tookMs: number }) => void;
};

/**
 * All our calls of Slack's Web API. It keeps to Slack's rates by itself (the SDK would hold up every
 * call for one that was limited), urgent calls first; a call that gets no turn or no answer in thirty
 * seconds is a PortError with `retry: true`. What is not `repeatable` goes out once.
 */
export type Gateway = {
  call(method: Method, args: Record<string, unknown>, options?: CallOptions): Promise<unknown>;
};

export type CallOptions = { urgent?: boolean; withinMs?: number };

export function createGateway(deps: GatewayDeps): Gateway {
  const time = deps.time ?? systemTime;
  const buckets = new Map<string, Bucket>();
  const client = new webApi.WebClient(deps.token, {
    ...(deps.slackApiUrl === undefined ? {} : { slackApiUrl: deps.slackApiUrl }),
    timeout: ATTEMPT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: boltLogger(deps.log, [deps.token]),
  });

  function bucketOf(method: Method, channel: unknown): Bucket {
    const pace: MethodPace = METHODS[method];
    const key = pace.perChannel === true ? `${method} ${String(channel)}` : method;
    const known = buckets.get(key);
    if (known !== undefined) return known;
    const bucket = createBucket(pace, time);
    buckets.set(key, bucket);
    return bucket;
  }

  async function tryCall(
    method: Method,
    args: Record<string, unknown>,
    options: CallOptions,
  ): Promise<unknown> {
    const bucket = bucketOf(method, args['channel']);
    const deadline = time.now() + (options.withinMs ?? CALL_MS);
    const attempts = METHODS[method].repeatable ? 1 + REPEATS : 1;

    for (let attempt = 1; ;) {
      if (!(await bucket.take(options.urgent === true, deadline - time.now()))) {
        throw new PortError('ratelimited', `No turn in time for ${method}`, { retry: true });
      }
      try {
        return await client.apiCall(method, args);
      } catch (error) {
        const failure = slackError(method, error);
        if (error instanceof webApi.WebAPIRateLimitedError) {
          bucket.pause(error.retryAfter * 1000);
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
