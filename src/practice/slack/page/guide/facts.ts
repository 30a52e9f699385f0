import type { Block } from '#practice/slack/blocks/block.ts';
import type { ShopSight } from '#practice/slack/page/shop/shop-watch.ts';
import { type Control, seenChannel } from '#practice/slack/people/sight.ts';
import type { Channel, World } from '#practice/slack/world/world.ts';

/** A button, and where it is. */
export type Button = { label: string; channel: string; ts: string };

/** What has really happened, as far as the guide goes by it. */
export type Facts = {
  viewer: string;
  /** Whether something is broken in the shop now. */
  broken: boolean;
  /** Whether orders go through, as the shop's metrics say. */
  healthy: boolean;
  /** The incident that matters now: one that is open before one that is over, the newest of those. */
  incident: { id: string; resolved: boolean } | null;
  /** What stands out there, for everybody. */
  recommended: Button | null;
  /** What asks for a new look, once what was found has grown old. */
  again: Button | null;
  /** Who was asked directly, and for what. */
  asked: (Button & { person: string; name: string }) | null;
  /** Whether somebody who was asked has said yes. */
  approved: boolean;
};

export function factsOf(world: World, viewer: string, shop: ShopSight): Facts {
  const channels = [...world.channels.values()];
  const incidents = channels
    .filter(({ kind, creator }) => kind !== 'im' && creator === world.botUserId)
    .toReversed();
  const open = incidents.filter((channel) => !isOver(channel));
  const incident =
    open.find((channel) => buttonIn(world, channel, standsOut) !== null) ?? open[0] ?? incidents[0];
  const errorRate = shop.points.at(-1)?.errorRate ?? null;
  return {
    viewer,
    broken: shop.state?.faults.some(({ on }) => on) ?? false,
    healthy: errorRate !== null && errorRate < 0.05,
    incident: incident === undefined ? null : { id: incident.id, resolved: isOver(incident) },
    recommended: incident === undefined ? null : buttonIn(world, incident, standsOut),
    again:
      incident === undefined
        ? null
        : buttonIn(world, incident, ({ label }) => label === 'Check again', /evidence is old/),
    asked: askedIn(world, channels),
    approved: incident !== undefined && isApproved(channels, incident),
  };
}

function isOver({ archived, topic }: Channel): boolean {
  return archived || /\bresolved\b/i.test(topic);
}

function standsOut({ style }: Control): boolean {
  return style === 'primary';
}

function askedIn(world: World, channels: readonly Channel[]): Facts['asked'] {
  for (const channel of channels) {
    if (channel.kind !== 'im') continue;
    const person = [...channel.members].find((id) => id !== world.botUserId);
    if (person === undefined) continue;
    const button = buttonIn(
      world,
      channel,
      (control) => standsOut(control) && control.label.startsWith('Approve'),
    );
    if (button !== null) {
      return { ...button, person, name: world.people.get(person)?.realName ?? person };
    }
  }
  return null;
}

function isApproved(channels: readonly Channel[], { created }: Channel): boolean {
  return channels
    .filter(({ kind }) => kind === 'im')
    .flatMap(({ messages }) => messages)
    .some(({ ts, blocks }) => Number(ts) >= created && says(blocks, /Approved by/));
}

function says(blocks: readonly Block[], text: RegExp): boolean {
  return text.test(JSON.stringify(blocks));
}

/** The newest such button that everybody in the channel sees, in a message that says this. */
function buttonIn(
  world: World,
  channel: Channel,
  wanted: (control: Control) => boolean,
  text = /./,
): Button | null {
  const { messages } = seenChannel(world, channel, world.botUserId);
  for (const message of messages.filter(({ blocks }) => says(blocks, text)).toReversed()) {
    const found = message.controls.find(wanted);
    if (found !== undefined) return { label: found.label, channel: channel.id, ts: message.ts };
  }
  return null;
}
