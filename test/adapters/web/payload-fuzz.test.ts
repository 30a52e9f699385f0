import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import * as fc from 'fast-check';
import type { Hono } from 'hono';
import { describe, expect, it } from 'vitest';

import { alertmanagerRoutes, grafanaRoutes, pagerDutyRoutes } from '#adapters/web/alert-webhook.ts';
import { githubRoutes } from '#adapters/web/github.ts';
import { createUseCases } from '#app/create-use-cases.ts';
import { receiveCodeEvent } from '#app/receive-code-event.ts';
import type { Log } from '#ports/log.ts';
import { playApp } from '#test/support/played/played-app.ts';

import { fixture, fixturesOf, hostile, placesIn, replaced } from './changed-payloads.ts';

const bytes = (body: string | Uint8Array) => Buffer.from(body);
const hmac = (body: Uint8Array) => createHmac('sha256', 's').update(body).digest('hex');

type Proof = (body: Uint8Array) => Record<string, string>;
const bearer: Proof = () => ({ authorization: 'Bearer s' });

/** How each source proves a body, and what it sends. */
const sources: Readonly<Record<string, { proof: Proof; sent: readonly string[] }>> = {
  alertmanager: { proof: bearer, sent: sentBy('alertmanager') },
  grafana: { proof: bearer, sent: sentBy('grafana') },
  pagerduty: {
    proof: (body) => ({ 'x-pagerduty-signature': `v1=${hmac(body)}` }),
    sent: sentBy('pagerduty'),
  },
  github: {
    proof: (body) => ({
      'x-hub-signature-256': `sha256=${hmac(body)}`,
      'x-github-event': 'pull_request',
      'content-type': 'application/json',
    }),
    sent: [
      JSON.stringify({
        action: 'opened',
        number: 1,
        pull_request: { head: { sha: 'a'.repeat(40) } },
        repository: { full_name: 'acme/runbooks' },
      }),
    ],
  },
};

describe.each(Object.entries(sources))('whatever comes from %s', (source, { proof, sent }) => {
  it('is recorded or refused with a reason, and never half', async () => {
    const { post, written, troubles } = entrance();
    const whole = fc.constantFrom(...sent);
    const changed = whole.chain((text) => {
      const value: unknown = JSON.parse(text);
      return fc
        .tuple(fc.constantFrom(...placesIn(value)), fc.oneof(fc.jsonValue(), hostile))
        .map(([place, by]) => bytes(JSON.stringify(replaced(value, place, by))));
    });
    const flipped = fc
      .tuple(whole, fc.nat(), fc.integer({ min: 1, max: 255 }))
      .map(([text, at, by]) => {
        const body = bytes(text);
        body[at % body.length] = (body[at % body.length] ?? 0) ^ by;
        return body;
      });
    const packed = whole.map((text) => gzipSync(text));
    const any = fc.oneof(changed, flipped, packed, fc.uint8Array({ maxLength: 200 }).map(bytes));

    await fc.assert(
      fc.asyncProperty(any, async (body) => {
        const before = written();
        const { status, error } = await post(source, body, proof(body));
        const refused = { status: 400, error: expect.stringMatching(/^.{1,999}$/s), rows: 0 };
        const taken = { status: expect.toBeOneOf([200, 202]), error: '' };
        const answer = { status, error, rows: written() - before };
        expect(answer).toMatchObject(status === 400 ? refused : taken);
        expect(troubles).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('is refused without its proof before anything of it is read', async () => {
    const { post, written } = entrance();
    for (const body of [...sent.map(bytes), bytes('{'), bytes('')]) {
      for (const [name, value] of Object.entries(proof(bytes('another body')))) {
        const { status } = await post(source, body, { [name]: `${value}x` });
        expect(status).toBe(401);
      }
      expect((await post(source, body, {})).status).toBe(401);
    }
    expect(written()).toBe(0);
  });
});

/** The webhooks with the use cases behind them; what was written, and what went wrong on our side. */
function entrance() {
  const world = playApp({
    settings: { alerts: [{ match: {}, severity: 'SEV1', declare: 'auto' }] },
  });
  let writes = 0;
  const { store } = world.app;
  const app = {
    ...world.app,
    store: {
      ...store,
      append: (append: Parameters<typeof store.append>[0]) => {
        writes += 1;
        return store.append(append);
      },
    },
  };
  const troubles: unknown[] = [];
  const log: Log = { info() {}, warn() {}, error: (facts) => troubles.push(facts) };
  const { receiveAlert } = createUseCases(app);
  const branch = { current: () => null, refresh: async () => {} };
  const routes: Readonly<Record<string, Hono>> = {
    alertmanager: alertmanagerRoutes({ tokens: ['s'], receiveAlert, log }),
    grafana: grafanaRoutes({ tokens: ['s'], receiveAlert, log }),
    pagerduty: pagerDutyRoutes({ secrets: ['s'], receiveAlert, log }),
    github: githubRoutes({
      secrets: ['s'],
      receive: (event) => receiveCodeEvent(app, branch, event),
      log,
    }),
  };
  return {
    troubles,
    written: () => writes,
    post: async (source: string, body: Uint8Array, headers: Record<string, string>) => {
      const init = { method: 'POST', body: new Uint8Array(body), headers };
      const answer = await routes[source]?.request(`/webhooks/${source}`, init);
      const said: unknown = await answer?.json();
      const error = typeof said === 'object' && said && 'error' in said ? said.error : '';
      return { status: answer?.status ?? 0, error };
    },
  };
}

function sentBy(source: string): string[] {
  return fixturesOf(source).map((name) => fixture(`${source}/${name}`));
}
