import { describe, expect, it } from 'vitest';

import { BEN, createTestbed, OPS, type Testbed } from '#test/practice/slack/support/testbed.ts';

/** Reads a stream from after `since` until it has said `count` things. */
async function hear(bed: Testbed, since: number, count: number): Promise<readonly string[]> {
  const stop = new AbortController();
  const response = await fetch(new URL(`/people/${BEN}/stream`, bed.workspace.pageUrl), {
    headers: { 'last-event-id': String(since) },
    signal: AbortSignal.any([stop.signal, AbortSignal.timeout(5_000)]),
  });
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const said = [...text.matchAll(/^event: (.*)\ndata: (.*)\nid: \d+\n\n/gm)];
    if (said.length < count) continue;
    stop.abort();
    return said.map((match) => `${match[1]} ${match[2]}`);
  }
  return [];
}

describe('the stream of changes', () => {
  it('brings what was missed after Last-Event-ID, and nothing of other people’s', async () => {
    await using bed = await createTestbed();
    const { lastId } = await bed.ben.see();
    await bed.carla.type('board', 'not for ben');
    await bed.api('chat.postEphemeral', { channel: OPS, user: 'U0CARLA', text: 'not for ben' });
    await bed.carla.type('ops', 'for everybody');

    expect(await hear(bed, lastId, 1)).toEqual([
      `change {"type":"message-posted","channel":"${OPS}"}`,
    ]);
  });

  it('says reset to somebody who comes from another life of the workspace', async () => {
    await using bed = await createTestbed();

    expect(await hear(bed, 9_999, 1)).toEqual(['reset {}']);
  });
});
