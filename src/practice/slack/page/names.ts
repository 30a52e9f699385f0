import type { World } from '#practice/slack/world/world.ts';

/** How people and places are called on the page; an unknown id is shown as it is. */
export type Names = {
  person(id: string): string;
  channel(id: string): string;
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
    usergroup: (id) => world.usergroups.find((group) => group.id === id)?.handle ?? id,
  };
}
