import type { SlackWorkspaceOptions } from '#practice/slack/options.ts';

import { emptyChannel, type World } from './world.ts';

/** Says to a person what Slack itself has to say. */
export const SLACKBOT = 'USLACKBOT';

/** Fills a new workspace: the app's own account, the people, and the channels they are in. */
export function seedWorld(world: World, options: SlackWorkspaceOptions): void {
  const appName = world.app.name ?? 'handrail';
  world.people.set(world.botUserId, {
    id: world.botUserId,
    name: appName.toLowerCase(),
    realName: appName,
    title: '',
    email: '',
    kind: 'bot',
    admin: false,
  });
  world.people.set(SLACKBOT, {
    id: SLACKBOT,
    name: 'slackbot',
    realName: 'Slackbot',
    title: '',
    email: '',
    kind: 'bot',
    admin: false,
  });
  for (const seed of options.people ?? []) {
    world.people.set(seed.id, {
      id: seed.id,
      name: seed.name,
      realName: seed.realName ?? seed.name,
      title: seed.title ?? '',
      email: seed.email ?? `${seed.name}@practice.example`,
      kind: seed.kind ?? 'member',
      admin: seed.admin ?? false,
    });
  }
  for (const seed of options.channels ?? []) {
    const channel = emptyChannel(world, {
      ...(seed.id === undefined ? {} : { id: seed.id }),
      kind: seed.private === true ? 'private' : 'public',
      name: seed.name,
      creator: seed.members?.[0] ?? SLACKBOT,
    });
    channel.topic = seed.topic ?? '';
    const everyone = [...world.people.values()].filter(isHere).map((person) => person.id);
    for (const member of seed.members ?? everyone) channel.members.add(member);
    if (seed.withApp === true) channel.members.add(world.botUserId);
    world.channels.set(channel.id, channel);
  }
}

function isHere(person: { kind: string }): boolean {
  return person.kind === 'member';
}
