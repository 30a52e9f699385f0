import type { BlockContext } from '#practice/slack/page/blocks/blocks.ts';
import type { SeenMessage } from '#practice/slack/people/sight.ts';

/** What all messages of a page have in common. */
export type MessageContext = Omit<BlockContext, 'state' | 'errors' | 'id'> & {
  viewer: string;
  now: Date;
  stateOf(message: SeenMessage): BlockContext['state'];
  shortcuts: readonly { callbackId: string; name: string }[];
  threadLink(message: SeenMessage): string;
};

export type MessagePlace = 'channel' | 'thread';

export function dateOf(ts: string): Date {
  return new Date(Number(ts) * 1000);
}
