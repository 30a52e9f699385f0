import { Hono } from 'hono';

import type { CodeEvent } from '#app/receive-code-event.ts';
import type { Log } from '#ports/log.ts';

import { readGitHubPayload } from './github-payload.ts';
import { isSigned } from './signature.ts';
import { type Header, webhookRoutes } from './webhook.ts';

/** GitHub sends nothing larger. */
const largest = { bytes: 25 * 1024 * 1024, words: '25 MiB' };
const SIGNATURE = /^sha256=([0-9a-f]{64})$/i;

/**
 * `POST /webhooks/github`. A delivery counts only under one of the secrets, which is found out before
 * anything of it is read. Without a secret there is no such address.
 */
export function githubRoutes(deps: {
  secrets: readonly string[];
  receive: (event: CodeEvent) => Promise<void>;
  log: Log;
  /** GitHub waits for ten seconds. */
  answerWithinMs?: number;
}): Hono {
  const secrets = deps.secrets.filter((one) => one !== '');
  if (secrets.length === 0) return new Hono();

  return webhookRoutes(
    {
      path: '/webhooks/github',
      largest,
      mayBe: (header) => signatureIn(header) !== undefined,
      proves: (header, body) => isSigned(body, [signatureIn(header) ?? ''], secrets),
      unproved: 'the signature is missing or wrong',
      answerWithinMs: deps.answerWithinMs ?? 8_000,
      done: 202,
      read(body, header) {
        if (!/^application\/json\b/i.test(header('content-type') ?? '')) {
          return { ok: false, reason: 'set the content type of the webhook to JSON' };
        }
        const read = readGitHubPayload(header('x-github-event') ?? '', body);
        if (!read.ok) return read;
        const { event } = read;
        return { ok: true, work: event && (() => deps.receive(event)) };
      },
    },
    deps,
  );
}

function signatureIn(header: Header): string | undefined {
  return SIGNATURE.exec(header('x-hub-signature-256') ?? '')?.[1];
}
