import { App, LogLevel, type Receiver } from '@slack/bolt';
import { z } from 'zod';

import type { Changed } from '#app/told-changes.ts';
import { PortError } from '#ports/port-error.ts';

import { boltLogger } from './bolt-logger.ts';
import { createHttpConnection } from './http-connection.ts';
import type { Inbox } from './inbox.ts';
import { createIntake } from './intake.ts';
import { onCommand } from './listeners/commands.ts';
import { onHomeOpened } from './listeners/home.ts';
import type { ListenerDeps } from './listeners/listener-deps.ts';
import { onMemberJoined, onMemberLeft } from './listeners/members.ts';
import { onMention } from './listeners/mentions.ts';
import { onMessageChange } from './listeners/message-changes.ts';
import { onPress } from './listeners/presses.ts';
import { onReaction } from './listeners/reactions.ts';
import { onSubmission } from './listeners/submissions.ts';
import { onShortcut } from './listeners/timeline-marks.ts';
import { createSocketConnection } from './socket-connection.ts';
import { systemTime, type Time } from './time.ts';

/** For Slack's first answer; after that the bot goes on without it, and keeps trying. */
const PATIENCE_MS = 3_000;
const RETRY_MS = { first: 1_000, longest: 30_000 };
const RESPOND_MS = 5_000;
const SWEEP_MS = 1_000;

export type SlackAppDeps = Omit<ListenerDeps, 'time'> & {
  connection:
    | { mode: 'socket'; appToken: string }
    | { mode: 'http'; signingSecrets: readonly string[]; port: number };
  /** As the gateway's. */
  slackApiUrl?: string;
  inbox: Inbox;
  /** Slack tells of a change by itself. */
  onChange: (changed: Changed) => Promise<void>;
  time?: Time;
};

export type SlackApp = {
  /**
   * `connected`: Slack can reach us. `silent`: it did not answer in a few seconds; alerts and runs go
   * on, and the connection is made as soon as it does. A token or secret that Slack does not take is
   * a PortError that says which one and what to do.
   */
  start(): Promise<'connected' | 'silent'>;
  /** Takes nothing new, and finishes what was begun, for at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
};

const Identity = z.object({ user_id: z.string(), bot_id: z.string().optional() });

/** The entrance from Slack: commands, presses, forms, mentions, reactions and shortcuts. */
export function createSlackApp(deps: SlackAppDeps): SlackApp {
  const time = deps.time ?? systemTime;
  const listening: ListenerDeps = { ...deps, time };
  const connection = connect(deps, time);
  const intake = createIntake(deps);
  let bot: { botUserId: string; botId?: string } | null = null;

  const app = new App({
    receiver: { ...connection, init: (bolt) => connection.init(intake.guard(bolt)) },
    authorize: async () => bot ?? {},
    convoStore: false,
    logger: boltLogger(deps.log, []),
    logLevel: LogLevel.INFO,
    clientOptions: {
      fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(RESPOND_MS) }),
    },
  });
  app.command(/.*/, onCommand(listening));
  app.action({ type: 'block_actions' }, onPress(listening));
  app.view({ type: 'view_submission', callback_id: /.*/ }, onSubmission(listening));
  app.shortcut({ type: 'message_action' }, onShortcut(listening));
  app.event('app_mention', onMention(listening));
  app.event('reaction_added', onReaction(listening));
  app.event('reaction_removed', onReaction(listening));
  app.event('message', onMessageChange(listening));
  app.event('member_joined_channel', onMemberJoined(listening));
  app.event('member_left_channel', onMemberLeft(listening));
  app.event('app_home_opened', onHomeOpened(listening));

  let stopped = false;
  let cancelSweep: (() => void) | null = null;

  /** Again and again: what a killed replica had acknowledged is found by those that live. */
  async function sweep(): Promise<void> {
    try {
      await intake.replay(app);
    } catch (error) {
      deps.log.error({ err: error }, 'stored payloads could not be read');
    }
    if (!stopped) cancelSweep = time.after(SWEEP_MS, () => void sweep());
  }

  async function connectOnce(): Promise<void> {
    const { user_id: botUserId, bot_id: botId } = await whoAmI(deps);
    bot = { botUserId, ...(botId === undefined ? {} : { botId }) };
    if (stopped) return;
    await connection.start();
    void sweep();
  }

  async function keepTrying(attempt: Promise<void>, pauseMs = RETRY_MS.first): Promise<void> {
    try {
      await attempt;
      deps.log.info({}, 'connected to Slack');
    } catch (error) {
      deps.log.error({ err: error }, 'Slack could not be connected to, to be tried again');
      await new Promise<void>((resolve) => {
        time.after(pauseMs, resolve);
      });
      if (!stopped) await keepTrying(connectOnce(), Math.min(2 * pauseMs, RETRY_MS.longest));
    }
  }

  return {
    async start() {
      const connecting = connectOnce();
      try {
        await within(PATIENCE_MS, time, connecting);
        return 'connected';
      } catch (error) {
        if (!(error instanceof PortError) || !error.retry) throw error;
        void keepTrying(connecting);
        return 'silent';
      }
    },

    async stop(graceMs) {
      stopped = true;
      cancelSweep?.();
      const finished = Promise.all([connection.stop(), intake.drained()]);
      try {
        await within(graceMs, time, finished);
      } catch (error) {
        deps.log.warn({ reason: String(error) }, 'stopped before everything was finished');
      }
    },
  };
}

function connect({ connection, slackApiUrl, log }: SlackAppDeps, time: Time): Receiver {
  const api = slackApiUrl === undefined ? {} : { slackApiUrl };
  switch (connection.mode) {
    case 'socket':
      return createSocketConnection({ appToken: connection.appToken, log, ...api });
    case 'http':
      return createHttpConnection({ ...connection, log, time });
    default:
      return connection satisfies never;
  }
}

async function whoAmI({ gateway }: SlackAppDeps): Promise<z.infer<typeof Identity>> {
  try {
    return Identity.parse(await gateway.call('auth.test', {}));
  } catch (error) {
    if (!(error instanceof PortError) || error.retry) throw error;
    throw new PortError(
      'bad_bot_token',
      `Slack does not take the bot token: ${error.code}. Install the app in your workspace and copy the ` +
        'Bot User OAuth Token from OAuth & Permissions of your Slack app; it begins with "xoxb-".',
      { retry: false, cause: error },
    );
  }
}

async function within<T>(ms: number, time: Time, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const cancel = time.after(ms, () => {
    reject(new PortError('timeout', `Slack: not ready after ${ms} ms`, { retry: true }));
  });
  return Promise.race([work, late]).finally(cancel);
}
