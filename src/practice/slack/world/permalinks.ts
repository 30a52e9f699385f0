import type { World } from './world.ts';

/** A message's address in the workspace, as Slack's look. */
export function permalinkOf(world: World, channel: string, ts: string): string {
  return `${originOf(world)}/archives/${channel}/p${ts.replace('.', '')}`;
}

/** The message that such an address means; null for any other. */
export function readPermalink(world: World, url: string): { channel: string; ts: string } | null {
  if (!url.startsWith(`${originOf(world)}/`)) return null;
  const [, channel, seconds, rest] = /\/archives\/(\w+)\/p(\d{10})(\d{6})/.exec(url) ?? [];
  return channel === undefined ? null : { channel, ts: `${seconds}.${rest}` };
}

export function filePermalink(world: World, id: string): string {
  return `${originOf(world)}/files/${id}`;
}

function originOf(world: World): string {
  return `https://${world.teamName.toLowerCase()}.slack.example`;
}
