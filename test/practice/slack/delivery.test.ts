import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { isObject } from '#practice/slack/json.ts';
import { findControl } from '#practice/slack/person.ts';
import {
  actions,
  button,
  createTestbed,
  OPS,
  soon,
  type Testbed,
} from '#test/practice/slack/support/testbed.ts';

type Envelope = Record<string, unknown>;

/** A connection that keeps what it gets and acknowledges only what `answer` says. */
async function connect(bed: Testbed, answer: (envelope: Envelope, nth: number) => boolean) {
  const { url } = await bed.api('apps.connections.open', {}, bed.workspace.appToken);
  const socket = new WebSocket(String(url));
  const got: Envelope[] = [];
  let closed = false;
  socket.on('close', () => {
    closed = true;
  });
  await new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      const envelope: unknown = JSON.parse(data.toString());
      if (!isObject(envelope)) return;
      if (envelope['type'] === 'hello') return resolve();
      got.push(envelope);
      if (envelope['envelope_id'] !== undefined && answer(envelope, got.length)) {
        socket.send(JSON.stringify({ envelope_id: envelope['envelope_id'] }));
      }
    });
  });
  return { got, isClosed: () => closed };
}

async function use(url: string | undefined): Promise<string> {
  const body = JSON.stringify({ text: 'hi' });
  return (await fetch(url ?? '', { method: 'POST', body })).text();
}

describe('delivery', () => {
  it('sends an unacknowledged event again with its number, until it is acknowledged', async () => {
    await using bed = await createTestbed({ ackTimeoutMs: 30, redeliveryDelaysMs: [0, 5, 5] });
    const line = await connect(bed, (_envelope, nth) => nth === 3);

    await bed.ben.type('ops', 'hello');

    await expect.poll(() => line.got.length, { timeout: 5_000 }).toBe(3);
    expect(line.got.map((envelope) => envelope['retry_attempt'])).toEqual([0, 1, 2]);
    const ids = line.got.map(({ payload }) => (isObject(payload) ? payload['event_id'] : null));
    expect(new Set(ids).size).toBe(1);
  });

  it('sends a press once, and tells the person when no ack comes', async () => {
    await using bed = await createTestbed({ ackTimeoutMs: 30, app: { events: [] } });
    const line = await connect(bed, () => false);
    const blocks = actions(button('go', 'Go'));
    await bed.api('chat.postMessage', { channel: OPS, text: 'x', blocks });
    const go = await bed.ben.until((sight) => findControl(sight, { label: 'Go' }), soon);

    expect(await bed.ben.press(go)).toMatchObject({ ok: false, error: 'timeout' });

    expect(line.got).toHaveLength(1);
    const told = (await bed.ben.see()).channels[0]?.messages.at(-1);
    expect(told).toMatchObject({ onlyYou: true, text: expect.stringContaining('not responding') });
    expect(bed.workspace.acks()).toEqual([
      { type: 'interactive', name: 'block_actions go', ms: null },
    ]);
  });

  it('says disconnect with its reason, and hangs up', async () => {
    await using bed = await createTestbed();
    const line = await connect(bed, () => true);

    bed.workspace.disconnectSockets('refresh_requested');

    await expect.poll(line.isClosed, { timeout: 5_000 }).toBe(true);
    expect(line.got).toMatchObject([{ type: 'disconnect', reason: 'refresh_requested' }]);
  });

  it('takes a ticket for one connection only', async () => {
    await using bed = await createTestbed();
    const { url } = await bed.api('apps.connections.open', {}, bed.workspace.appToken);
    const first = new WebSocket(String(url));
    await new Promise((resolve) => first.once('open', resolve));

    const second = new WebSocket(String(url));
    const error = await new Promise<Error>((resolve) => second.once('error', resolve));

    expect(error.message).toContain('403');
  });

  it('lets a response URL be used five times within half an hour', async () => {
    let now = 1_000_000;
    await using bed = await createTestbed({ clock: { now: () => new Date(now) } });
    const line = await connect(bed, () => true);
    await bed.ben.type('ops', '/incident');
    await bed.ben.type('ops', '/incident');
    const [first, second] = line.got.map(({ payload }) =>
      isObject(payload) ? String(payload['response_url']) : '',
    );
    for (let n = 0; n < 5; n += 1) expect(await use(first)).toBe('ok');
    expect(await use(first)).toContain('used_url');
    now += 30 * 60_000 + 1;
    expect(await use(second)).toContain('expired_url');
  });
});
