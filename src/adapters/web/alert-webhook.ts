import { Hono } from 'hono';

import type { AlertNotification } from '#domain/alert.ts';
import type { Log } from '#ports/log.ts';

import { readAlertmanagerPayload } from './alertmanager-payload.ts';
import { bearsToken } from './bearer.ts';
import { readGrafanaPayload } from './grafana-payload.ts';
import { readPagerDutyPayload } from './pagerduty-payload.ts';
import { isSigned } from './signature.ts';
import { type Header, type Webhook, webhookRoutes } from './webhook.ts';

/** A body of a source: its notification, or null where it tells of nothing that concerns us. */
export type ReadAlert = (
  body: string,
) => { ok: true; notification: AlertNotification | null } | { ok: false; reason: string };

type Deps = {
  receiveAlert: (notification: AlertNotification) => Promise<void>;
  log: Log;
  /** After this it is a 503; that the alert is recorded after all does no harm. */
  answerWithinMs?: number;
};

const largest = { bytes: 1024 * 1024, words: '1 MiB' };
const V1 = /^v1=[0-9a-f]{64}$/i;

/** `POST /webhooks/alertmanager`, under one of the bearer tokens: there is no signature. */
export function alertmanagerRoutes({
  tokens,
  ...deps
}: Deps & { tokens: readonly string[] }): Hono {
  const known = tokens.filter((token) => token !== '');
  return routes('alertmanager', known, bearer(known), readAlertmanagerPayload, deps);
}

/** `POST /webhooks/grafana`, under one of the bearer tokens, which its contact point sends. */
export function grafanaRoutes({ tokens, ...deps }: Deps & { tokens: readonly string[] }): Hono {
  const known = tokens.filter((token) => token !== '');
  return routes('grafana', known, bearer(known), readGrafanaPayload, deps);
}

/** `POST /webhooks/pagerduty`: while a secret is replaced there, it sends a signature under each. */
export function pagerDutyRoutes({ secrets, ...deps }: Deps & { secrets: readonly string[] }): Hono {
  const known = secrets.filter((secret) => secret !== '');
  const proof: Proof = {
    mayBe: (header) => signaturesIn(header).length > 0,
    proves: (header, body) => {
      const given = signaturesIn(header).map((one) => one.slice('v1='.length));
      return isSigned(body, given, known);
    },
    unproved: 'the signature is missing or wrong',
  };
  return routes('pagerduty', known, proof, readPagerDutyPayload, deps);
}

function signaturesIn(header: Header): string[] {
  return (header('x-pagerduty-signature') ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => V1.test(one));
}

type Proof = Pick<Webhook, 'mayBe' | 'proves' | 'unproved'>;

function bearer(tokens: readonly string[]): Proof {
  return {
    mayBe: (header) => bearsToken(header('authorization'), tokens),
    proves: () => true,
    unproved: 'the token is missing or wrong',
  };
}

/** A source without a secret is off: there is no such address. */
function routes(
  source: AlertNotification['source'],
  secrets: readonly string[],
  proof: Proof,
  read: ReadAlert,
  { receiveAlert, log, answerWithinMs = 10_000 }: Deps,
): Hono {
  if (secrets.length === 0) return new Hono();
  return webhookRoutes(
    {
      path: `/webhooks/${source}`,
      largest,
      ...proof,
      answerWithinMs,
      done: 200,
      read(body) {
        const found = read(body);
        if (!found.ok) return found;
        const { notification } = found;
        return { ok: true, work: notification && (() => receiveAlert(notification)) };
      },
    },
    { log },
  );
}
