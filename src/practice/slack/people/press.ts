import { wireHome } from '#practice/slack/api/wire.ts';
import type { Block } from '#practice/slack/blocks/block.ts';
import type { InteractiveElement } from '#practice/slack/blocks/element.ts';
import { elementsOf, type PlacedElement } from '#practice/slack/blocks/elements-of.ts';
import {
  initialState,
  isStateful,
  readValue,
  type State,
  type Value,
} from '#practice/slack/blocks/values.ts';
import type { JsonObject } from '#practice/slack/json.ts';
import { Refusal } from '#practice/slack/refusal.ts';
import { annotateModal, topModal } from '#practice/slack/world/modals.ts';

import type { Act, ActResult } from './act.ts';
import { fill } from './fill.ts';
import { interactive, messagePlace, modalPlace } from './payloads.ts';
import { channelOf, type PeopleDeps, tellNoAck, visibleMessage } from './people-deps.ts';

type Press = Extract<Act, { act: 'press' }>;

/**
 * Presses a button or chooses from a menu. It must really be there now: a button that has just been
 * replaced cannot be pressed, as on a screen.
 */
export async function press(deps: PeopleDeps, user: string, act: Press): Promise<ActResult> {
  if (act.view !== null && act.view !== undefined) return pressInView(deps, user, act, act.view);
  const { world } = deps;
  const channel = channelOf(world, act.channel ?? '', user);
  const message = visibleMessage(channel, act.ts ?? '', user);
  const placed = findElement(message.blocks, act);

  const key = `${user} ${channel.id} ${message.ts}`;
  const state = settle(
    placed,
    act.value ?? null,
    world.choices.get(key) ?? initialState(message.blocks),
  );
  world.choices.set(key, state);

  return send(
    deps,
    placed,
    {
      ...interactive(world, 'block_actions', user, deps.triggers.issue(user)),
      ...messagePlace(world, channel, message),
      response_url: deps.responseUrls.issue(channel, user, message.ts),
      state: { values: state },
      actions: [actionOf(deps, placed, act.value ?? null, state)],
    },
    () => tellNoAck(world, channel, user, message.threadTs),
  );
}

async function pressInView(
  deps: PeopleDeps,
  user: string,
  act: Press,
  view: string,
): Promise<ActResult> {
  const { world } = deps;
  const frame = interactive(world, 'block_actions', user, deps.triggers.issue(user));
  const home = world.homes.get(user);
  if (home?.id === view) {
    const placed = findElement(home.blocks, act);
    const state = settle(placed, act.value ?? null, initialState(home.blocks));
    return send(
      deps,
      placed,
      {
        ...frame,
        container: { type: 'view', view_id: home.id },
        view: wireHome(world, home),
        actions: [actionOf(deps, placed, act.value ?? null, state)],
      },
      () => {},
    );
  }
  const open = topModal(world, user);
  if (open === undefined || open.id !== view) throw new Refusal('not_found');
  const placed = findElement(open.blocks, act);
  const filled = fill(open, act.values ?? []).state;
  const modal = annotateModal(world, open, { state: settle(placed, act.value ?? null, filled) });
  return send(
    deps,
    placed,
    {
      ...frame,
      ...modalPlace(world, modal),
      actions: [actionOf(deps, placed, act.value ?? null, modal.state)],
    },
    () => {
      const still = topModal(world, user);
      if (still?.id === modal.id) annotateModal(world, still, { errors: { '': NO_ANSWER } });
    },
  );
}

/** What Slack says over a form when the app does not answer. */
export const NO_ANSWER = 'We had some trouble connecting. Try again?';

async function send(
  deps: PeopleDeps,
  placed: PlacedElement,
  body: Readonly<Record<string, unknown>>,
  onSilence: () => void,
): Promise<ActResult> {
  const receipt = await deps.dispatcher.act(
    'interactive',
    `block_actions ${placed.actionId}`,
    body,
  );
  if (receipt.acknowledged) return { ok: true, ackMs: receipt.ms };
  onSilence();
  return { ok: false, error: receipt.reason, message: 'The app did not answer in time.' };
}

function findElement(
  blocks: readonly Block[],
  at: { blockId: string; actionId: string },
): PlacedElement {
  const placed = elementsOf(blocks).find(
    (candidate) => candidate.blockId === at.blockId && candidate.actionId === at.actionId,
  );
  if (placed === undefined) throw new Refusal('no_such_element');
  return placed;
}

/** The choices so far with this one among them; a button has none. */
function settle(placed: PlacedElement, value: Value, state: State): State {
  if (!isStateful(placed.element)) {
    checkChoice(placed.element, value);
    return state;
  }
  const read = readValue(placed, value);
  if (!read.ok) throw new Refusal('invalid_value', { message: read.problem });
  return {
    ...state,
    [placed.blockId]: { ...state[placed.blockId], [placed.actionId]: read.state },
  };
}

function checkChoice(element: InteractiveElement, value: Value): void {
  if (element.type !== 'overflow' && element.type !== 'feedback_buttons') return;
  const values =
    element.type === 'overflow'
      ? element.options.map((option) => option.value)
      : [element.positive_button.value, element.negative_button.value];
  if (typeof value !== 'string' || !values.includes(value)) throw new Refusal('invalid_value');
}

function actionOf(deps: PeopleDeps, placed: PlacedElement, value: Value, state: State): JsonObject {
  const { element, blockId, actionId } = placed;
  const chosen = typeof value === 'string' ? value : '';
  const common = {
    type: element.type,
    action_id: actionId,
    block_id: blockId,
    action_ts: deps.world.nextTs(),
  };
  if (element.type === 'button') {
    return {
      ...common,
      text: { ...element.text, emoji: element.text.emoji ?? true },
      ...(element.value === undefined ? {} : { value: element.value }),
      ...(element.style === undefined ? {} : { style: element.style }),
    };
  }
  if (element.type === 'icon_button') return { ...common, value: element.value };
  if (element.type === 'feedback_buttons') return { ...common, value: chosen };
  if (element.type === 'overflow') {
    const option = element.options.find((candidate) => candidate.value === chosen);
    const text = { type: 'plain_text', text: option?.text.text ?? '' };
    return { ...common, selected_option: { text, value: chosen } };
  }
  return { ...common, ...state[blockId]?.[actionId] };
}
