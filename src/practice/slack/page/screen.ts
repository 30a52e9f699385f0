import { html } from 'hono/html';

import { seenChannel, type SeenMessage } from '#practice/slack/people/sight.ts';
import type { Channel, Person, World } from '#practice/slack/world/world.ts';

import { type Beside, guideOf, shopOf } from './beside.ts';
import type { Html } from './blocks/html.ts';
import { namesFor } from './blocks/names.ts';
import { channelHtml } from './channel.ts';
import { suggestionsHtml } from './composer.ts';
import { homeHtml } from './home.ts';
import type { MessageContext } from './message/context.ts';
import { modalHtml } from './modal.ts';
import { panesHtml } from './panes.ts';
import { href, type Place } from './place.ts';
import { canBeChosen, railHtml } from './rail.ts';
import { sidebarHtml } from './sidebar.ts';
import type { Theme } from './theme.ts';
import { threadHtml } from './thread.ts';

/** The whole page of one person at one place, which the browser's script keeps as it is now. */
export function screenHtml(
  world: World,
  viewer: Person,
  place: Place,
  { theme, beside }: { theme: Theme; beside: Beside | null },
): Html {
  const channel = channelAt(world, place);
  const seen = channel === undefined ? undefined : seenChannel(world, channel, viewer.id);
  const here = channel?.id ?? 'home';
  const context = contextFor(world, place, here);
  const modals = world.modals.get(viewer.id) ?? [];
  const modal = modals.at(-1);

  return html`<div
    class="screen ${place.thread === null || seen === undefined ? '' : 'with-thread'}"
    id="screen"
    data-viewer="${viewer.id}"
    data-last="${world.feed.lastId()}"
  >
    ${railHtml(world, { viewer: viewer.id, channel: here }, { theme, guideIsClosed: beside?.guide === false })}
    ${sidebarHtml(world, viewer, here)}
    <main id="main">
      ${guideOf(world, viewer, beside)}
      ${seen === undefined ? homeHtml(world, context, place) : channelHtml(world, seen, context, place)}
    </main>
    ${seen === undefined || place.thread === null ? '' : threadHtml(world, seen, place.thread, context, place)}
    ${shopOf(world, beside)} ${panesHtml(world, viewer.id, beside !== null)}
    <div id="modal">${modal === undefined ? '' : modalHtml(modal, modals.length, context)}</div>
    ${suggestionsHtml(world, viewer.id)}
  </div>`;
}

/** The channel that the address names, else the first that the viewer is in; undefined is the home tab. */
function channelAt(world: World, { channel, viewer }: Place): Channel | undefined {
  const mine = [...world.channels.values()].filter(({ members }) => members.has(viewer));
  if (channel === 'home') return undefined;
  if (channel === 'app') return mine.find(({ kind }) => kind === 'im');
  return mine.find(({ id }) => id === channel) ?? mine.find(({ kind }) => kind !== 'im');
}

function contextFor(world: World, { viewer }: Place, channel: string): MessageContext {
  return {
    viewer,
    now: world.clock.now(),
    names: namesFor(world, viewer),
    people: [...world.people.values()]
      .filter(canBeChosen)
      .map(({ id, realName }) => ({ id, name: realName })),
    channels: [...world.channels.values()]
      .filter(({ kind, members }) => kind !== 'im' && members.has(viewer))
      .map(({ id, name }) => ({ id, name })),
    shortcuts: (world.app.shortcuts ?? []).filter((one) => one.type === 'message'),
    stateOf: (message: SeenMessage) =>
      world.choices.get(`${viewer} ${message.channel} ${message.ts}`) ?? {},
    threadLink: (message) => href(viewer, channel, { thread: message.threadTs ?? message.ts }),
  };
}
