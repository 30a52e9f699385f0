import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';

import type { SlackWorkspaceOptions } from '#practice/slack/options.ts';
import { createSlackWorkspace, type SlackWorkspace } from '#practice/slack/workspace.ts';

export const BEN = 'U0BEN';
export const CARLA = 'U0CARLA';

/** Two people, the app in #ops, and a command and shortcuts, as most tests need them. */
export function startWorkspace(options: SlackWorkspaceOptions = {}): Promise<SlackWorkspace> {
  return createSlackWorkspace({
    people: [
      { id: BEN, name: 'ben', realName: 'Ben Ito' },
      { id: CARLA, name: 'carla', realName: 'Carla Ruiz' },
    ],
    channels: [{ id: 'C0OPS', name: 'ops', withApp: true }],
    redeliveryDelaysMs: [0, 10],
    ...options,
    app: {
      commands: [{ command: '/incident' }],
      shortcuts: [
        { type: 'message', callbackId: 'note_message', name: 'Add to timeline' },
        { type: 'global', callbackId: 'declare', name: 'Declare an incident' },
      ],
      ...options.app,
    },
  });
}

type RunningApp = AsyncDisposable & { app: App };

/** A Bolt app with one Socket Mode connection; `listen` registers its listeners before it starts. */
export async function startSocketApp(
  workspace: SlackWorkspace,
  listen: (app: App) => void,
): Promise<RunningApp> {
  const clientOptions = { slackApiUrl: workspace.apiUrl };
  const app = new App({
    token: workspace.botToken,
    receiver: new SocketModeReceiver({
      appToken: workspace.appToken,
      logLevel: LogLevel.ERROR,
      installerOptions: { clientOptions },
    }),
    clientOptions,
    logLevel: LogLevel.ERROR,
  });
  listen(app);
  await app.start();
  return {
    app,
    async [Symbol.asyncDispose]() {
      await app.stop();
    },
  };
}

/** A Bolt app that takes signed requests, to which the workspace sends from then on. */
export async function startHttpApp(
  workspace: SlackWorkspace,
  listen: (app: App) => void,
  signingSecret: string = workspace.signingSecret,
): Promise<RunningApp> {
  const app = new App({
    token: workspace.botToken,
    signingSecret,
    clientOptions: { slackApiUrl: workspace.apiUrl },
    logLevel: LogLevel.ERROR,
  });
  listen(app);
  const server = await app.start({ port: 0, host: '127.0.0.1' });
  const address = 'address' in server ? server.address() : null;
  if (address === null || typeof address === 'string') throw new Error('the app has no port');
  workspace.useRequestUrl(`http://127.0.0.1:${address.port}/slack/events`);
  return {
    app,
    async [Symbol.asyncDispose]() {
      await app.stop();
    },
  };
}
