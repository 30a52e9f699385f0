import { Refusal } from '#practice/slack/refusal.ts';

import { needMessage } from './messages.ts';
import type { Channel, World } from './world.ts';

const MOST_PINS = 100;

export function pinMessage(world: World, channel: Channel, at: string, by: string): void {
  const { ts } = needMessage(channel, at);
  if (channel.pins.some((pin) => pin.ts === ts)) throw new Refusal('already_pinned');
  if (channel.pins.length >= MOST_PINS) throw new Refusal('too_many_pins');
  channel.pins.push({ ts, by });
  world.feed.publish({ type: 'channel-changed', channel });
}

export function unpinMessage(world: World, channel: Channel, at: string): void {
  const { ts } = needMessage(channel, at);
  if (!channel.pins.some((pin) => pin.ts === ts)) throw new Refusal('no_pin');
  channel.pins = channel.pins.filter((pin) => pin.ts !== ts);
  world.feed.publish({ type: 'channel-changed', channel });
}
