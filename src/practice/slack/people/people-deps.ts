import type { Dispatcher } from '#practice/slack/delivery/dispatcher.ts';
import type { ResponseUrls } from '#practice/slack/delivery/response-urls.ts';
import { Refusal } from '#practice/slack/refusal.ts';
import { findChannel } from '#practice/slack/world/channels.ts';
import { postMessage } from '#practice/slack/world/messages.ts';
import { SLACKBOT } from '#practice/slack/world/seed.ts';
import type { Triggers } from '#practice/slack/world/triggers.ts';
import type { Channel, Message, World } from '#practice/slack/world/world.ts';

export type PeopleDeps = {
  world: World;
  dispatcher: Dispatcher;
  triggers: Triggers;
  responseUrls: ResponseUrls;
};

/** A channel that the person is in. */
export function channelOf(world: World, id: string, user: string): Channel {
  const channel = findChannel(world, id, user);
  if (channel === undefined) throw new Refusal('channel_not_found');
  if (!channel.members.has(user)) throw new Refusal('not_in_channel');
  return channel;
}

/** A message as the person has it on the screen, the ones for that person alone included. */
export function visibleMessage(channel: Channel, ts: string, user: string): Message {
  const message = channel.messages.find(
    (candidate) =>
      candidate.ts === ts && (candidate.onlyFor === null || candidate.onlyFor === user),
  );
  if (message === undefined) throw new Refusal('message_not_found');
  return message;
}

export function tellOnly(
  world: World,
  channel: Channel,
  user: string,
  text: string,
  threadTs: string | null = null,
): void {
  postMessage(world, channel, { author: SLACKBOT, text, threadTs, onlyFor: user });
}

export function tellNoAck(
  world: World,
  channel: Channel,
  user: string,
  threadTs: string | null,
): void {
  const app = world.people.get(world.botUserId)?.realName ?? 'The app';
  tellOnly(
    world,
    channel,
    user,
    `:warning: ${app} is not responding. Try again in a moment.`,
    threadTs,
  );
}
