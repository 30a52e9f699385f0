import { elementsOf } from '#practice/slack/blocks/elements-of.ts';
import { initialState } from '#practice/slack/blocks/values.ts';
import { Refusal } from '#practice/slack/refusal.ts';

import { newId, newSecret } from './ids.ts';
import type { Modal, ModalContent } from './modal.ts';
import type { World } from './world.ts';

/*
 * The modals on people's screens. Each person has one stack of at most three; only the top one can
 * be used. Opening replaces the whole stack, pushing puts one on top, closing shows the one below.
 */

const DEEPEST = 3;

export function topModal(world: World, user: string): Modal | undefined {
  return world.modals.get(user)?.at(-1);
}

export function openModal(world: World, user: string, content: ModalContent): Modal {
  const id = newId('V');
  const modal = fresh(world, user, content, { id, rootId: id, previousId: null });
  setStack(world, user, [modal]);
  return modal;
}

export function pushModal(world: World, user: string, content: ModalContent): Modal {
  const stack = world.modals.get(user) ?? [];
  const [root] = stack;
  const below = stack.at(-1);
  if (root === undefined || below === undefined) throw new Refusal('not_found');
  if (stack.length >= DEEPEST) throw new Refusal('push_limit_reached');
  const modal = fresh(world, user, content, {
    id: newId('V'),
    rootId: root.id,
    previousId: below.id,
  });
  setStack(world, user, [...stack, modal]);
  return modal;
}

/** Replaces what a view shows; what was filled in stays where the fields stay. */
export function updateModal(world: World, modal: Modal, content: ModalContent): Modal {
  checkExternalId(world, content, modal.id);
  const state = initialState(content.blocks);
  for (const { blockId, actionId, element } of elementsOf(content.blocks)) {
    const kept = modal.state[blockId]?.[actionId];
    const row = state[blockId];
    if (row !== undefined && kept?.['type'] === element.type) row[actionId] = kept;
  }
  const updated: Modal = {
    ...modal,
    ...content,
    hash: newHash(world),
    state,
    errors: {},
  };
  replace(world, updated);
  return updated;
}

/** Notes what was chosen or which errors to show, without a new hash: the content is the same. */
export function annotateModal(
  world: World,
  modal: Modal,
  note: Partial<Pick<Modal, 'state' | 'errors'>>,
): Modal {
  const noted = { ...modal, ...note };
  replace(world, noted);
  return noted;
}

export function closeTopModal(world: World, user: string): void {
  setStack(world, user, (world.modals.get(user) ?? []).slice(0, -1));
}

export function clearModals(world: World, user: string): void {
  setStack(world, user, []);
}

export function findModal(
  world: World,
  key: { id?: string; externalId?: string },
): Modal | undefined {
  for (const stack of world.modals.values()) {
    const found = stack.find(
      (modal) =>
        modal.id === key.id ||
        (key.externalId !== undefined && modal.externalId === key.externalId),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

export function newHash(world: World): string {
  return `${Math.floor(world.clock.now().getTime() / 1000)}.${newSecret().slice(0, 8)}`;
}

function fresh(
  world: World,
  user: string,
  content: ModalContent,
  place: Pick<Modal, 'id' | 'rootId' | 'previousId'>,
): Modal {
  checkExternalId(world, content, place.id);
  return {
    ...content,
    ...place,
    hash: newHash(world),
    user,
    state: initialState(content.blocks),
    errors: {},
  };
}

function checkExternalId(world: World, content: ModalContent, id: string): void {
  if (content.externalId === '') return;
  const other = findModal(world, { externalId: content.externalId });
  if (other !== undefined && other.id !== id) throw new Refusal('duplicate_external_id');
}

function replace(world: World, modal: Modal): void {
  const stack = world.modals.get(modal.user) ?? [];
  setStack(
    world,
    modal.user,
    stack.map((other) => (other.id === modal.id ? modal : other)),
  );
}

function setStack(world: World, user: string, stack: Modal[]): void {
  world.modals.set(user, stack);
  world.feed.publish({ type: 'surface-changed', user });
}
