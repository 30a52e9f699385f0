import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';

import type { SlackWorkspaceOptions } from '#practice/slack/options.ts';
import { createPerson, type Person } from '#practice/slack/person.ts';
import { createSlackWorkspace, type SlackWorkspace } from '#practice/slack/workspace.ts';

export const BEN = 'U0BEN';
export const CARLA = 'U0CARLA';
export const OPS = 'C0OPS';
export const soon = { withinMs: 5_000 };

type Answer = Readonly<Record<string, unknown>>;

export type Testbed = AsyncDisposable & {
  workspace: SlackWorkspace;
  ben: Person;
  carla: Person;
  /** A call as the app would make it, with JSON arguments. */
  api(method: string, args?: Readonly<Record<string, unknown>>, token?: string): Promise<Answer>;
  /** Starts a Bolt app with one Socket Mode connection; `listen` registers its listeners first. */
  socketApp(listen: (app: App) => void): Promise<App>;
  /** Starts a Bolt app that takes signed requests, to which the workspace sends from then on. */
  httpApp(listen: (app: App) => void, signingSecret?: string): Promise<App>;
};

/** Two people, the app in #ops, a command and shortcuts; apps stop before the workspace does. */
export async function createTestbed(options: SlackWorkspaceOptions = {}): Promise<Testbed> {
  const workspace = await createSlackWorkspace({
    people: [
      { id: BEN, name: 'ben', realName: 'Ben Ito', email: 'ben@shop.example' },
      { id: CARLA, name: 'carla', realName: 'Carla Ruiz' },
      { id: 'U0GONE', name: 'gone', kind: 'deactivated' },
    ],
    usergroups: [{ id: 'S0SRE', handle: 'sre', name: 'SRE', members: [BEN] }],
    channels: [
      { id: OPS, name: 'ops', withApp: true },
      { id: 'C0GENERAL', name: 'general' },
      { id: 'C0BOARD', name: 'board', private: true, members: [CARLA] },
    ],
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
  const stack = new AsyncDisposableStack();
  stack.use(workspace);
  const clientOptions = { slackApiUrl: workspace.apiUrl };

  return {
    workspace,
    ben: createPerson({ url: workspace.pageUrl, user: BEN }),
    carla: createPerson({ url: workspace.pageUrl, user: CARLA }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),

    async api(method, args = {}, token = workspace.botToken) {
      const response = await fetch(new URL(method, workspace.apiUrl), {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(args),
      });
      const answer: Answer = JSON.parse(await response.text());
      return {
        ...answer,
        status: response.status,
        retryAfter: response.headers.get('retry-after'),
      };
    },

    async socketApp(listen) {
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
      stack.defer(async () => void (await app.stop()));
      return app;
    },

    async httpApp(listen, signingSecret = workspace.signingSecret) {
      const app = new App({
        token: workspace.botToken,
        signingSecret,
        clientOptions,
        logLevel: LogLevel.ERROR,
      });
      listen(app);
      const server = await app.start({ port: 0, host: '127.0.0.1' });
      const address = 'address' in server ? server.address() : null;
      if (address === null || typeof address === 'string') throw new Error('the app has no port');
      workspace.useRequestUrl(`http://127.0.0.1:${address.port}/slack/events`);
      stack.defer(async () => void (await app.stop()));
      return app;
    },
  };
}

export const plain = (text: string) => ({ type: 'plain_text' as const, text });

export function button(actionId: string, text: string, value = '') {
  return { type: 'button' as const, action_id: actionId, value, text: plain(text) };
}

export function actions(...elements: readonly ReturnType<typeof button>[]) {
  return [{ type: 'actions' as const, elements: [...elements] }];
}

export function form(callbackId: string, fields: Readonly<Record<string, string>>) {
  return {
    type: 'modal' as const,
    callback_id: callbackId,
    title: plain('Form'),
    submit: plain('Send'),
    blocks: Object.entries(fields).map(([blockId, label]) => ({
      type: 'input' as const,
      block_id: blockId,
      label: plain(label),
      element: { type: 'plain_text_input' as const, action_id: 'value', min_length: 3 },
    })),
  };
}
