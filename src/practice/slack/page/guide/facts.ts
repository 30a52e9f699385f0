import type { ShopSight } from '#practice/slack/page/shop/shop-watch.ts';
import { seenChannel, type SeenChannel } from '#practice/slack/people/sight.ts';
import type { Channel, World } from '#practice/slack/world/world.ts';

/** A button that stands out, and where it is. */
export type Recommended = { label: string; channel: string; ts: string };

/** What has really happened, as far as the guide goes by it. */
export type Facts = {
  viewer: string;
  /** Whether something is broken in the shop now. */
  broken: boolean;
  /** Whether the shop's figures are those of a day without trouble. */
  healthy: boolean;
  /** The channel that the app made last. */
  incident: { id: string; resolved: boolean } | null;
  /** What is recommended there, to everybody. */
  recommended: Recommended | null;
  /** Who was asked directly, and for what. */
  asked: (Recommended & { person: string; name: string }) | null;
};

export function factsOf(world: World, viewer: string, shop: ShopSight): Facts {
  const channels = [...world.channels.values()];
  const incident = channels.findLast(
    ({ kind, creator }) => kind !== 'im' && creator === world.botUserId,
  );
  const last = shop.points.at(-1);
  return {
    viewer,
    broken: shop.state?.faults.some(({ on }) => on) ?? false,
    healthy: last?.errorRate !== null && last !== undefined && last.errorRate < 0.05,
    incident:
      incident === undefined
        ? null
        : {
            id: incident.id,
            resolved: incident.archived || /\bresolved\b/i.test(incident.topic),
          },
    recommended:
      incident === undefined ? null : primaryIn(seenChannel(world, incident, viewer), () => true),
    asked: askedIn(world, channels),
  };
}

function askedIn(world: World, channels: readonly Channel[]): Facts['asked'] {
  for (const channel of channels) {
    if (channel.kind !== 'im') continue;
    const person = [...channel.members].find((id) => id !== world.botUserId);
    if (person === undefined) continue;
    const found = primaryIn(seenChannel(world, channel, person), (label) =>
      label.startsWith('Approve'),
    );
    if (found !== null) {
      return { ...found, person, name: world.people.get(person)?.realName ?? person };
    }
  }
  return null;
}

/** The newest button that stands out. */
function primaryIn(channel: SeenChannel, wanted: (label: string) => boolean): Recommended | null {
  for (const message of channel.messages.toReversed()) {
    const found = message.controls.find(({ style, label }) => style === 'primary' && wanted(label));
    if (found !== undefined) return { label: found.label, channel: channel.id, ts: message.ts };
  }
  return null;
}
