import { type App, HTTPReceiver, type Receiver } from '@slack/bolt';

import type { Log } from '#ports/log.ts';
import { PortError } from '#ports/port-error.ts';

import { boltLogger } from './bolt-logger.ts';
import { eitherSecret } from './either-secret.ts';
import { createReplayGuard, RequestRefused } from './replay-guard.ts';
import type { Time } from './time.ts';

const SECRET_LENGTH = 32;

/** Each a limit on what a stranger can make us hold. */
const limits = {
  headersTimeout: 5_000,
  /** Headers and body together. */
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
};
const mostConnections = 500;

/**
 * Signed HTTP requests on the loopback address, for a proxy that ends TLS in front. Answers 401 to a
 * bad, old, future or repeated signature, and 503 to what could not be stored, so that Slack sends
 * events again. Verification cannot be turned off.
 */
export function createHttpConnection(deps: {
  /** The first is Slack's; the others hold while it replaces them. */
  signingSecrets: readonly string[];
  port: number;
  log: Log;
  time: Time;
  limits?: Partial<typeof limits>;
}): Receiver {
  const [signingSecret = '', ...others] = deps.signingSecrets;
  mustBeSecrets(deps.signingSecrets);
  const refuseReplay = createReplayGuard(deps.time);
  const receiver = new HTTPReceiver({
    signingSecret,
    logger: boltLogger(deps.log, [...deps.signingSecrets]),
    bodyLimit: '1mb',
    customPropertiesExtractor: ({ headers }) => ({
      slackSignature: String(headers['x-slack-signature']),
      slackTimestamp: Number(headers['x-slack-request-timestamp']),
    }),
    async processEventErrorHandler({ error, response }) {
      const refused = error instanceof RequestRefused;
      deps.log.warn({ reason: error.message, refused }, 'request of Slack was not taken');
      if (!response.headersSent) response.writeHead(refused ? 401 : 503).end();
      return false;
    },
  });
  receiver.requestListener = eitherSecret(receiver.requestListener, signingSecret, others);
  let server: { closeAllConnections(): void } | null = null;

  return {
    init(app: App) {
      const guarded: App = Object.create(app, {
        processEvent: {
          async value(event: Parameters<App['processEvent']>[0]) {
            const { slackSignature, slackTimestamp } = event.customProperties ?? {};
            refuseReplay(String(slackSignature), Number(slackTimestamp));
            await app.processEvent(event);
          },
        },
      });
      receiver.init(guarded);
    },
    async start() {
      const started = await receiver.start(
        { port: deps.port, host: '127.0.0.1' },
        { ...limits, ...deps.limits },
      );
      started.maxConnections = mostConnections;
      server = started;
      return started;
    },
    async stop() {
      const closed = receiver.stop();
      const cancel = deps.time.after(2_000, () => server?.closeAllConnections());
      await closed.finally(cancel);
    },
  };
}

/** Slack's own; a shorter one was not copied whole. */
export function mustBeSecrets(secrets: readonly string[]): void {
  if (secrets.length === 0 || secrets.some(isShort)) throw badSecret();
}

function isShort(secret: string): boolean {
  return secret.length < SECRET_LENGTH;
}

function badSecret(): PortError {
  return new PortError(
    'bad_signing_secret',
    'The signing secret is missing or too short. Copy it from Basic Information → App Credentials of ' +
      'your Slack app; it has 32 characters.',
    { retry: false },
  );
}
