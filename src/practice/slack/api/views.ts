import { Refusal } from '#practice/slack/refusal.ts';
import { newId } from '#practice/slack/world/ids.ts';
import {
  findModal,
  newHash,
  openModal,
  pushModal,
  updateModal,
} from '#practice/slack/world/modals.ts';
import type { Triggers } from '#practice/slack/world/triggers.ts';

import { refuseUnacceptable } from './acceptable-blocks.ts';
import type { Call, Method } from './call.ts';
import { readHome, readModal } from './view-content.ts';
import { wireHome, wireModal } from './wire.ts';

/** `views.*`. A trigger is spent when a view really opens, not by a call that is refused earlier. */
export function viewMethods(triggers: Triggers): Readonly<Record<string, Method>> {
  return {
    'views.open'(call, world) {
      const content = readModal(call.json('view'));
      const user = triggers.exchange(triggerOf(call));
      return { view: wireModal(world, openModal(world, user, content)) };
    },

    'views.push'(call, world) {
      const content = readModal(call.json('view'));
      const user = triggers.exchange(triggerOf(call));
      return { view: wireModal(world, pushModal(world, user, content)) };
    },

    'views.update'(call, world) {
      const id = call.text('view_id');
      const externalId = call.text('external_id');
      const modal = findModal(world, {
        ...(id === undefined ? {} : { id }),
        ...(externalId === undefined ? {} : { externalId }),
      });
      if (modal === undefined) throw new Refusal('not_found');
      const hash = call.text('hash');
      if (hash !== undefined && hash !== modal.hash) throw new Refusal('hash_conflict');
      return { view: wireModal(world, updateModal(world, modal, readModal(call.json('view')))) };
    },

    'views.publish'(call, world) {
      const user = call.need('user_id');
      if (!world.people.has(user)) throw new Refusal('user_not_found');
      const previous = world.homes.get(user);
      const hash = call.text('hash');
      if (hash !== undefined && hash !== previous?.hash) throw new Refusal('hash_conflict');
      const content = readHome(call.json('view'));
      refuseUnacceptable(world, content.blocks, 'home');
      const home = {
        ...content,
        id: previous?.id ?? newId('V'),
        hash: newHash(world),
      };
      world.homes.set(user, home);
      world.feed.publish({ type: 'surface-changed', user });
      return { view: wireHome(world, home) };
    },
  };
}

function triggerOf(call: Call): string {
  const id = call.text('trigger_id') ?? call.text('interactivity_pointer');
  if (id === undefined) throw new Refusal('invalid_arguments');
  return id;
}
