import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  BEN,
  CARLA,
  createTestbed,
  OPS,
  type Testbed,
} from '#test/practice/slack/support/testbed.ts';

const tableOf = (text: string) => ({ type: 'table', rows: [[{ type: 'raw_text', text }]] });
const table = tableOf('x');
const card = { type: 'card', title: { type: 'plain_text', text: 'x' } };

describe('the Web API refuses, in Slack’s words,', () => {
  let bed: Testbed;
  beforeAll(async () => {
    bed = await createTestbed({ rateLimits: false, withoutBlocks: ['card'] });
    await bed.api('conversations.create', { name: 'archived' });
    await bed.api('conversations.archive', { channel: 'archived' });
  });
  afterAll(async () => bed[Symbol.asyncDispose]());

  const post = 'chat.postMessage';
  const create = 'conversations.create';
  const cases: readonly [what: string, method: string, args: object, error: string][] = [
    ['a method that it does not know', 'chat.shout', {}, 'unknown_method'],
    ['a missing argument', post, { text: 'hi' }, 'invalid_arguments'],
    ['an unknown channel', post, { channel: 'C0NONE', text: 'hi' }, 'channel_not_found'],
    [
      'a private channel it is not in',
      post,
      { channel: 'C0BOARD', text: 'hi' },
      'channel_not_found',
    ],
    ['a public channel it is not in', post, { channel: '#general', text: 'hi' }, 'not_in_channel'],
    ['an archived channel', post, { channel: 'archived', text: 'hi' }, 'is_archived'],
    ['a message that says nothing', post, { channel: OPS }, 'no_text'],
    [
      'a text of more than 40,000',
      post,
      { channel: OPS, text: 'x'.repeat(40_001) },
      'msg_too_long',
    ],
    ['blocks that are no list', post, { channel: OPS, blocks: {} }, 'invalid_blocks_format'],
    ['a second table', post, { channel: OPS, blocks: [table, table] }, 'invalid_attachments'],
    ['an empty cell', post, { channel: OPS, blocks: [tableOf('')] }, 'invalid_blocks'],
    ['a block that it does not have', post, { channel: OPS, blocks: [card] }, 'invalid_blocks'],
    [
      'metadata without a type',
      post,
      { channel: OPS, text: 'x', metadata: {} },
      'invalid_metadata_format',
    ],
    [
      'an unknown thread',
      post,
      { channel: OPS, text: 'x', thread_ts: '1.000000' },
      'thread_not_found',
    ],
    ['a channel name in use', create, { name: 'ops' }, 'name_taken'],
    ['a channel name in capitals', create, { name: 'Ops' }, 'invalid_name_specials'],
    ['a channel name of 81', create, { name: 'x'.repeat(81) }, 'invalid_name_maxlength'],
    ['a channel name of punctuation', create, { name: '---' }, 'invalid_name_punctuation'],
    [
      'an invitation to nobody',
      'conversations.invite',
      { channel: OPS, users: 'U0NOBODY' },
      'user_not_found',
    ],
    [
      'an invitation to a member',
      'conversations.invite',
      { channel: OPS, users: BEN },
      'already_in_channel',
    ],
    [
      'a topic of 251',
      'conversations.setTopic',
      { channel: OPS, topic: 'x'.repeat(251) },
      'too_long',
    ],
    [
      'an edit of no message',
      'chat.update',
      { channel: OPS, ts: '1.000000', text: 'x' },
      'message_not_found',
    ],
    [
      'an ephemeral to a stranger',
      'chat.postEphemeral',
      { channel: OPS, user: 'U0', text: 'x' },
      'user_not_found',
    ],
    [
      'a lookup of no address',
      'users.lookupByEmail',
      { email: 'no@no.example' },
      'users_not_found',
    ],
    ['a direct message with the gone', 'conversations.open', { users: 'U0GONE' }, 'user_disabled'],
    ['an unknown group', 'usergroups.users.list', { usergroup: 'S0' }, 'no_such_subteam'],
    [
      'a trigger it made up',
      'views.open',
      {
        trigger_id: 'x',
        view: { type: 'modal', title: { type: 'plain_text', text: 'T' }, blocks: [] },
      },
      'invalid_trigger_id',
    ],
  ];
  it.each(cases)('%s', async (_what, method, args, error) => {
    expect(await bed.api(method, { ...args })).toMatchObject({ ok: false, error, status: 200 });
  });

  it('a wrong, missing, misplaced or revoked token', async () => {
    await using other = await createTestbed();
    const { appToken, botToken } = other.workspace;

    expect(await other.api('auth.test', {}, '')).toMatchObject({ error: 'not_authed' });
    expect(await other.api('auth.test', {}, 'xoxb-no')).toMatchObject({ error: 'invalid_auth' });
    expect(await other.api('auth.test', {}, appToken)).toMatchObject({
      error: 'not_allowed_token_type',
    });
    expect(await other.api('apps.connections.open', {}, botToken)).toMatchObject({
      error: 'not_allowed_token_type',
    });
    other.workspace.revoke(botToken);
    expect(await other.api('auth.test')).toMatchObject({ error: 'token_revoked' });
  });

  it('somebody else’s message to edit, a second pin, and a second reaction', async () => {
    const said = await bed.ben.type('ops', 'mine');
    const ts = said.ok ? said.ts : '';
    const message = { channel: OPS, timestamp: ts, name: 'eyes' };

    expect(await bed.api('chat.update', { channel: OPS, ts, text: 'x' })).toMatchObject({
      error: 'cant_update_message',
    });
    await bed.api('pins.add', message);
    expect(await bed.api('pins.add', message)).toMatchObject({ error: 'already_pinned' });
    await bed.api('reactions.add', message);
    expect(await bed.api('reactions.add', message)).toMatchObject({ error: 'already_reacted' });
    await bed.api('reactions.remove', message);
    expect(await bed.api('reactions.remove', message)).toMatchObject({ error: 'no_reaction' });
  });
});

describe('the Web API', () => {
  it('names the scopes needed and provided, by the kind of channel', async () => {
    await using bed = await createTestbed({ app: { scopes: ['channels:manage', 'chat:write'] } });

    expect(await bed.api('conversations.create', { name: 'inc-1' })).toMatchObject({ ok: true });
    expect(
      await bed.api('conversations.create', { name: 'inc-2', is_private: true }),
    ).toMatchObject({
      error: 'missing_scope',
      needed: 'groups:write',
      provided: 'channels:manage,chat:write',
    });
    expect(await bed.api('users.info', { user: BEN })).toMatchObject({ error: 'missing_scope' });
  });

  it('gives no address to an app without users:read.email', async () => {
    await using bed = await createTestbed({ app: { scopes: ['users:read'] } });

    const { user } = await bed.api('users.info', { user: BEN });

    expect(user).not.toHaveProperty('profile.email');
  });

  it('keeps a message’s metadata and returns it only on request', async () => {
    await using bed = await createTestbed();
    const metadata = { event_type: 'handrail', event_payload: { key: 'k1' } };
    await bed.api('chat.postMessage', { channel: OPS, text: 'hi', metadata });

    const bare = await bed.api('conversations.history', { channel: OPS });
    const full = await bed.api('conversations.history', {
      channel: OPS,
      include_all_metadata: true,
    });

    expect(bare['messages']).not.toMatchObject([{ metadata }]);
    expect(full['messages']).toMatchObject([{ text: 'hi', metadata }]);
  });

  it('keeps the blocks of an edit that leaves them out, and drops them for an empty list', async () => {
    await using bed = await createTestbed();
    const blocks = [{ type: 'divider', block_id: 'line' }];
    const { ts } = await bed.api('chat.postMessage', { channel: OPS, text: 'one', blocks });

    const edit = { channel: OPS, ts, text: 'two' };
    expect(await bed.api('chat.update', edit)).toMatchObject({ message: { text: 'two', blocks } });
    const { message } = await bed.api('chat.update', { ...edit, blocks: [] });
    expect(message).not.toHaveProperty('blocks');
  });

  it('leaves threads and ephemerals out of history, and pages it', async () => {
    await using bed = await createTestbed();
    const { ts } = await bed.api('chat.postMessage', { channel: OPS, text: 'one' });
    await bed.api('chat.postMessage', { channel: OPS, text: 'reply', thread_ts: ts });
    await bed.api('chat.postMessage', { channel: OPS, text: 'two' });
    await bed.api('chat.postEphemeral', { channel: OPS, user: BEN, text: 'psst' });

    const first = await bed.api('conversations.history', { channel: OPS, limit: 1 });
    const cursor = first['response_metadata'];
    expect(first).toMatchObject({ messages: [{ text: 'two' }], has_more: true });
    expect(
      await bed.api('conversations.history', {
        channel: OPS,
        ...Object.fromEntries([['cursor', cursorOf(cursor)]]),
      }),
    ).toMatchObject({ messages: [{ text: 'one', reply_count: 1 }], has_more: false });
    expect(await bed.api('conversations.replies', { channel: OPS, ts })).toMatchObject({
      messages: [{ text: 'one' }, { text: 'reply', thread_ts: ts }],
    });
  });

  it('lets blocks show an uploaded picture as soon as it has looked at it, and no other file', async () => {
    let now = Date.parse('2026-11-24T09:00:00.000Z');
    await using bed = await createTestbed({
      clock: { now: () => new Date(now) },
      fileProcessingMs: 500,
    });
    const upload = await bed.api('files.getUploadURLExternal', { filename: 'a.png', length: 3 });
    await fetch(String(upload['upload_url']), { method: 'POST', body: 'png' });
    await bed.api('files.completeUploadExternal', { files: [{ id: upload['file_id'] }] });
    const show = (id: unknown) => {
      const blocks = [{ type: 'image', alt_text: 'a curve', slack_file: { id } }];
      return bed.api('chat.postMessage', { channel: OPS, text: 'x', blocks });
    };

    expect(await show(upload['file_id'])).toMatchObject({
      error: 'invalid_blocks',
      response_metadata: {
        messages: ['[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]'],
      },
    });
    now += 500;
    expect(await show(upload['file_id'])).toMatchObject({ ok: true });
    expect(await show('F0OTHER')).toMatchObject({ error: 'invalid_blocks' });
  });

  it('takes an upload in three steps and shows it in the channel', async () => {
    await using bed = await createTestbed();
    const bytes = new Uint8Array([1, 2, 3]);
    const upload = await bed.api('files.getUploadURLExternal', { filename: 'a.png', length: 3 });
    await fetch(String(upload['upload_url']), { method: 'POST', body: bytes });
    const files = [{ id: upload['file_id'], title: 'Error rate' }];

    expect(await bed.api('files.completeUploadExternal', { files, channel_id: OPS })).toMatchObject(
      {
        ok: true,
      },
    );

    const [message] = (await bed.carla.see()).channels[0]?.messages ?? [];
    expect(message?.files).toMatchObject([{ title: 'Error rate', type: 'image/png' }]);
    const picture = await fetch(new URL(`/files/${message?.files[0]?.id}`, bed.workspace.pageUrl));
    expect(new Uint8Array(await picture.arrayBuffer())).toEqual(bytes);
  });

  it('invites those it can with force, and says who could not be', async () => {
    await using bed = await createTestbed();
    await bed.api('conversations.create', { name: 'inc-1' });

    expect(
      await bed.api('conversations.invite', {
        channel: 'inc-1',
        users: `${BEN},U0GONE`,
        force: true,
      }),
    ).toMatchObject({ ok: true, errors: [{ user: 'U0GONE', error: 'cant_invite' }] });
    const { members } = await bed.api('conversations.members', { channel: 'inc-1' });
    expect(members).toEqual(['U0HANDRAIL', BEN]);
    expect(members).not.toContain(CARLA);
  });

  it('answers 429 with whole seconds beyond a method’s tier and a channel’s pace', async () => {
    let now = 1_000_000;
    await using bed = await createTestbed({ clock: { now: () => new Date(now) } });
    for (let n = 0; n < 20; n += 1) await bed.api('users.list');
    expect(await bed.api('users.list')).toMatchObject({ status: 429, retryAfter: '60' });
    expect(await bed.api('auth.test')).toMatchObject({ status: 200 });
    now += 60_000;
    expect(await bed.api('users.list')).toMatchObject({ status: 200 });

    const message = { channel: OPS, text: 'hi' };
    for (let n = 0; n < 4; n += 1) await bed.api('chat.postMessage', message);
    expect(await bed.api('chat.postMessage', message)).toMatchObject({
      status: 429,
      error: 'ratelimited',
      retryAfter: '4',
    });
  });
});

function cursorOf(metadata: unknown): unknown {
  return typeof metadata === 'object' && metadata !== null && 'next_cursor' in metadata
    ? metadata.next_cursor
    : undefined;
}
