import { href } from '#practice/slack/page/place.ts';
import { readPermalink } from '#practice/slack/world/permalinks.ts';
import type { World } from '#practice/slack/world/world.ts';

/** How people and places are called on the page; an unknown id is shown as it is. */
export type Names = {
  person(id: string): string;
  channel(id: string): string;
  /** Where a channel is on the page, if the viewer is in it. */
  address(id: string): string | null;
  /** Where on the page an address of the workspace leads; null for any other address. */
  inside(url: string): string | null;
  usergroup(id: string): string;
};

/** A channel that the viewer is not in is not named to them, unless it is public. */
export function namesFor(world: World, viewer: string): Names {
  return {
    person: (id) => world.people.get(id)?.name ?? id,
    channel(id) {
      const channel = world.channels.get(id);
      const known = channel?.kind === 'public' || channel?.members.has(viewer) === true;
      return channel !== undefined && known ? channel.name : 'private channel';
    },
    address: (id) =>
      world.channels.get(id)?.members.has(viewer) === true ? href(viewer, id) : null,
    inside(url) {
      const found = readPermalink(world, url);
      if (found === null) return null;
      const { channel, ts } = found;
      const message = world.channels.get(channel)?.messages.find((one) => one.ts === ts);
      return href(viewer, channel, { thread: message?.threadTs, at: ts });
    },
    usergroup: (id) => world.usergroups.find((group) => group.id === id)?.handle ?? id,
  };
}
