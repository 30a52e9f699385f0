import { type App, LogLevel, type Receiver, SocketModeReceiver, webApi } from '@slack/bolt';

import type { Log } from '#ports/log.ts';
import { PortError } from '#ports/port-error.ts';

import { boltLogger } from './bolt-logger.ts';

/** Slack closes each connection every few hours and leaves five seconds without: one covers the other. */
const CONNECTIONS = 2;

/** A reconnect that fails for good ends the process, so it never gives up. */
const RECONNECT = { forever: true, minTimeout: 500, maxTimeout: 30_000, factor: 1.5 };

/** Socket Mode over two connections at once; Slack gives each payload to one of them. */
export function createSocketConnection(deps: {
  appToken: string;
  slackApiUrl?: string;
  log: Log;
}): Receiver {
  if (!deps.appToken.startsWith('xapp-')) {
    throw badAppToken('it does not begin with "xapp-"');
  }
  const receivers = Array.from({ length: CONNECTIONS }, () => {
    const logger = boltLogger(deps.log, [deps.appToken]);
    const clientOptions = {
      ...(deps.slackApiUrl === undefined ? {} : { slackApiUrl: deps.slackApiUrl }),
      timeout: 10_000,
      retryConfig: { ...RECONNECT },
      logger,
    };
    return new SocketModeReceiver({
      appToken: deps.appToken,
      logger,
      logLevel: LogLevel.INFO,
      installerOptions: { clientOptions },
    });
  });

  return {
    init(app: App) {
      for (const receiver of receivers) receiver.init(app);
    },
    async start() {
      try {
        await Promise.all(receivers.map((receiver) => receiver.start()));
      } catch (error) {
        if (error instanceof webApi.WebAPIPlatformError) throw badAppToken(error.data.error);
        throw error;
      }
    },
    async stop() {
      await Promise.all(receivers.map((receiver) => receiver.stop()));
    },
  };
}

function badAppToken(why: string): PortError {
  return new PortError(
    'bad_app_token',
    `Slack does not take the app-level token: ${why}. Make one with the scope connections:write under ` +
      'Basic Information → App-Level Tokens of your Slack app; it begins with "xapp-".',
    { retry: false },
  );
}
