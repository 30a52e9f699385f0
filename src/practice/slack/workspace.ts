import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';

import { appMethods } from './api/app-methods.ts';
import { chatMethods } from './api/chat.ts';
import { conversationMethods } from './api/conversations.ts';
import { createUploads } from './api/files.ts';
import { historyMethods } from './api/history.ts';
import { markMethods } from './api/marks.ts';
import { allScopes } from './api/method-facts.ts';
import { peopleMethods } from './api/people.ts';
import { viewMethods } from './api/views.ts';
import { type CallCount, createWebApi } from './api/web-api.ts';
import { appEvents, eventCallback } from './delivery/app-events.ts';
import { type AckRecord, createDispatcher } from './delivery/dispatcher.ts';
import { createResponseUrls } from './delivery/response-urls.ts';
import { createSignedHttp } from './delivery/signed-http.ts';
import { createSocketMode } from './delivery/socket-mode.ts';
import { onlyFromHere } from './guard.ts';
import { parseJson } from './json.ts';
import type { SlackWorkspaceOptions } from './options.ts';
import { createPage } from './page/page.ts';
import { watchShop } from './page/shop/shop-watch.ts';
import { createPeopleApi } from './people/people-api.ts';
import { Refusal } from './refusal.ts';
import { joinChannel, leaveChannel } from './world/channels.ts';
import { newSecret } from './world/ids.ts';
import { deleteMessage, editMessage, needMessage } from './world/messages.ts';
import { seedWorld } from './world/seed.ts';
import { createTriggers } from './world/triggers.ts';
import { createWorld, type Person } from './world/world.ts';

export type SlackWorkspace = AsyncDisposable & {
  /** For `clientOptions.slackApiUrl`. */
  apiUrl: string;
  pageUrl: string;
  appToken: string;
  botToken: string;
  signingSecret: string;
  /** Sends payloads to this URL from now on; with null to Socket Mode connections again. */
  useRequestUrl(url: string | null): void;
  /** Open Socket Mode connections. */
  connections(): number;
  /** Of all connections, or of so many. */
  disconnectSockets(
    reason: 'refresh_requested' | 'warning' | 'link_disabled',
    count?: number,
  ): void;
  /** Cuts one Socket Mode connection, without a word. */
  cutSocket(): void;
  /** An outage, or its end: no call is answered and no connection holds. People see what they saw. */
  setDown(down: boolean): void;
  /** From now on every call with this token is answered `token_revoked`. */
  revoke(token: string): void;
  /** An admin changes who is in a user group. */
  setMembers(usergroup: string, members: readonly string[]): void;
  /** An admin switches somebody's account off, which takes them out of their user groups. */
  deactivate(user: string): void;
  /** A channel's manager takes somebody out of it, or lets them in; the app, too. */
  takeOut(channel: string, user: string): void;
  letIn(channel: string, user: string): void;
  /** Somebody with rights, or another app, changes a message of the app. */
  overwriteMessage(message: { channel: string; ts: string }, by: string, text: string): void;
  /** An admin deletes a message, whoever wrote it. */
  removeMessage(message: { channel: string; ts: string }): void;
  acks(): readonly AckRecord[];
  /** By method, what the app has called so far. */
  calls(): readonly CallCount[];
  close(): Promise<void>;
};

/** Slack's stand-in: a workspace with one app installed, on a loopback port. */
export async function createSlackWorkspace(
  options: SlackWorkspaceOptions = {},
): Promise<SlackWorkspace> {
  const world = createWorld(options);
  seedWorld(world, options);
  const tokens = {
    bot: `xoxb-practice-${newSecret()}`,
    app: `xapp-1-${world.appId}-${newSecret()}`,
    revoked: new Set<string>(),
  };
  const signingSecret = newSecret();
  const scopes = new Set(options.app?.scopes ?? allScopes());
  const triggers = createTriggers(world.clock);
  const socketMode = createSocketMode(world.appId);
  const uploads = createUploads();
  const counts = new Map<string, CallCount>();
  let origin = '';
  let isDown = false;
  let carrier = carrierFor(options.requestUrl ?? null);

  function carrierFor(url: string | null) {
    return url === null
      ? socketMode
      : createSignedHttp({ url, secret: signingSecret, clock: world.clock });
  }

  const dispatcher = createDispatcher({
    carrier: () => carrier,
    ackTimeoutMs: options.ackTimeoutMs ?? 3_000,
    redeliveryDelaysMs: options.redeliveryDelaysMs ?? [0, 60_000, 300_000],
  });
  const responseUrls = createResponseUrls(world, () => origin);

  world.feed.subscribe(({ change }) => {
    for (const { name, event } of appEvents(world, change)) {
      if (options.app?.events?.includes(name) ?? true) {
        dispatcher.event(eventCallback(world, event));
      }
    }
  });

  const app = new Hono();
  app.use(onlyFromHere);
  const webApi = createWebApi({
    world,
    tokens,
    scopes,
    rateLimits: options.rateLimits ?? true,
    counts,
    methods: {
      ...appMethods(() => `${origin.replace('http', 'ws')}/link?ticket=${socketMode.ticket()}`),
      ...chatMethods,
      ...conversationMethods,
      ...historyMethods,
      ...markMethods,
      ...peopleMethods(scopes.has('users:read.email')),
      ...viewMethods(triggers),
      ...uploads.methods(() => origin),
    },
  });
  for (const place of ['/api/*', '/upload/*', '/response/*']) {
    app.use(place, (context, next) =>
      isDown ? Promise.resolve(context.text('Slack is down', 503)) : next(),
    );
  }
  app.all('/api/:method', webApi);
  app.post('/upload/:secret', async (context) => {
    const bytes = new Uint8Array(await context.req.arrayBuffer());
    const taken = uploads.receive(context.req.param('secret'), bytes);
    return taken ? context.text(`OK - ${bytes.byteLength}`) : context.text('not found', 404);
  });
  app.post('/response/:secret', async (context) => {
    try {
      responseUrls.answer(context.req.param('secret'), parseJson(await context.req.text()));
      return context.text('ok');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return context.json({ ok: false, error: error.code }, 404);
    }
  });
  // As Slack's own, it sends whoever may not read the file to a page to sign in.
  app.get('/files-pri/:id/:name', (context) => {
    const file = world.files.get(context.req.param('id'));
    const isBot = context.req.header('authorization') === `Bearer ${tokens.bot}`;
    if (file === undefined) return context.text('not found', 404);
    if (!isBot || !scopes.has('files:read')) return context.redirect('/', 302);
    return context.body(file.bytes, 200, { 'content-type': file.type });
  });
  app.route('/people', createPeopleApi({ world, dispatcher, triggers, responseUrls }));
  const shop = options.shop === undefined ? null : watchShop(options.shop, () => world.clock.now());
  app.route('/', createPage(world, shop));
  app.get('/metrics.json', (context) => context.json({ acks: dispatcher.acks() }));

  const server = createServer(getRequestListener(app.fetch));
  server.on('upgrade', (request, socket, head) =>
    isDown ? socket.destroy() : socketMode.upgrade(request, socket, head),
  );
  origin = await listen(server, options.port ?? 0);
  world.origin = origin;

  function setMembers(usergroup: string, members: readonly string[]): void {
    const previous = world.usergroups.find(({ id }) => id === usergroup);
    if (previous === undefined) throw new Refusal('no_such_subteam');
    const changed = { ...previous, members };
    world.usergroups = world.usergroups.map((group) => (group === previous ? changed : group));
    world.feed.publish({ type: 'usergroup-changed', usergroup: changed, previous });
  }

  async function close(): Promise<void> {
    dispatcher.close();
    shop?.close();
    await socketMode.close();
    if (!server.listening) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  return {
    apiUrl: `${origin}/api/`,
    pageUrl: `${origin}/`,
    appToken: tokens.app,
    botToken: tokens.bot,
    signingSecret,
    useRequestUrl(url) {
      carrier = carrierFor(url);
    },
    connections: () => socketMode.connections(),
    disconnectSockets: (reason, count = socketMode.connections()) =>
      socketMode.disconnect(reason, count),
    cutSocket: () => socketMode.cut(1),
    setDown(down) {
      isDown = down;
      if (down) socketMode.cut(socketMode.connections());
    },
    revoke: (token) => void tokens.revoked.add(token),
    setMembers,
    deactivate(user) {
      const person = world.people.get(user);
      if (person === undefined) throw new Refusal('user_not_found');
      const gone: Person = { ...person, kind: 'deactivated' };
      world.people.set(user, gone);
      world.feed.publish({ type: 'person-changed', person: gone });
      for (const { id, members } of world.usergroups) {
        if (members.includes(user)) {
          setMembers(
            id,
            members.filter((one) => one !== user),
          );
        }
      }
    },
    removeMessage({ channel: id, ts }) {
      const channel = world.channels.get(id);
      if (channel !== undefined) deleteMessage(world, channel, needMessage(channel, ts));
    },
    takeOut(id, user) {
      const channel = world.channels.get(id);
      if (channel !== undefined) leaveChannel(world, channel, user);
    },
    letIn(id, user) {
      const channel = world.channels.get(id);
      if (channel !== undefined) joinChannel(world, channel, user, channel.creator);
    },
    overwriteMessage({ channel: id, ts }, by, text) {
      const channel = world.channels.get(id);
      if (channel === undefined) return;
      editMessage(world, channel, needMessage(channel, ts), { text, blocks: [] }, by);
    },
    acks: () => dispatcher.acks(),
    calls: () => [...counts.values()],
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function listen(server: Server, port: number): Promise<string> {
  const ready = Promise.withResolvers<void>();
  server.once('error', ready.reject);
  server.listen(port, '127.0.0.1', ready.resolve);
  await ready.promise;
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the workspace has no port');
  return `http://127.0.0.1:${address.port}`;
}
