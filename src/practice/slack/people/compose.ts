import type { World } from '#practice/slack/world/world.ts';

/**
 * Turns what a person types into the text that Slack stores: the three control characters escaped,
 * `@name` and `#channel` as references, web addresses as links. Unknown names stay as typed.
 */
export function composeText(world: World, typed: string): string {
  const escaped = typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return withReferences(world, escaped).replaceAll(/(?<![<|])https?:\/\/[^\s<>|]+/g, '<$&>');
}

/** Only the references, as for a command whose manifest says `should_escape`. */
export function withReferences(world: World, text: string): string {
  return text
    .replaceAll(
      /(?<![\w<])@([a-z0-9][\w.-]*\w|[a-z0-9])/gi,
      (whole, name: string) => mentionOf(world, name.toLowerCase()) ?? whole,
    )
    .replaceAll(/(?<![\w<&])#([a-z0-9_-]+)/g, (whole, name: string) => {
      const channel = [...world.channels.values()].find((other) => other.name === name);
      return channel === undefined ? whole : `<#${channel.id}|${channel.name}>`;
    });
}

function mentionOf(world: World, name: string): string | null {
  if (['here', 'channel', 'everyone'].includes(name)) return `<!${name}>`;
  const person = [...world.people.values()].find((other) => other.name === name);
  if (person !== undefined) return `<@${person.id}>`;
  const group = world.usergroups.find((other) => other.handle === name);
  return group === undefined ? null : `<!subteam^${group.id}>`;
}
