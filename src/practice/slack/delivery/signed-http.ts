import { createHmac } from 'node:crypto';

import { parseJson } from '#practice/slack/json.ts';
import type { Clock } from '#practice/slack/options.ts';

import type { Carrier, Payload } from './payload.ts';

/** Payloads as signed requests to the app's request URL; the answer to one is its ack. */
export function createSignedHttp(deps: { url: string; secret: string; clock: Clock }): Carrier {
  return {
    async deliver(payload, timeoutMs) {
      const { body, contentType } = encode(payload);
      const timestamp = String(Math.floor(deps.clock.now().getTime() / 1000));
      const sentAt = performance.now();
      try {
        const response = await fetch(deps.url, {
          method: 'POST',
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
          headers: {
            'content-type': contentType,
            'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
            'x-slack-request-timestamp': timestamp,
            'x-slack-signature': sign(deps.secret, timestamp, body),
            ...(payload.retry === null
              ? {}
              : {
                  'x-slack-retry-num': String(payload.retry.attempt),
                  'x-slack-retry-reason': payload.retry.reason,
                }),
          },
          body,
        });
        const ms = performance.now() - sentAt;
        const text = await response.text();
        if (!response.ok) return { acknowledged: false, reason: 'http-error' };
        return { acknowledged: true, answer: parseJson(text) ?? text, ms };
      } catch (error) {
        const timeout = error instanceof Error && error.name === 'TimeoutError';
        return { acknowledged: false, reason: timeout ? 'timeout' : 'no-connection' };
      }
    },
  };
}

/** Slack's `v0` signature over the time and the body as they are sent. */
export function sign(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

function encode(payload: Payload): { body: string; contentType: string } {
  if (payload.type === 'events_api') {
    return { body: JSON.stringify(payload.body), contentType: 'application/json' };
  }
  const form = new URLSearchParams();
  if (payload.type === 'interactive') form.set('payload', JSON.stringify(payload.body));
  else for (const [key, value] of Object.entries(payload.body)) form.set(key, String(value));
  return { body: form.toString(), contentType: 'application/x-www-form-urlencoded' };
}
