import { elementsOf } from '#practice/slack/blocks/elements-of.ts';
import { readValue, type State, type Value } from '#practice/slack/blocks/values.ts';
import { isObject } from '#practice/slack/json.ts';
import { Refusal } from '#practice/slack/refusal.ts';
import type { Modal } from '#practice/slack/world/modal.ts';

export type Filled = { blockId: string; actionId: string; value: Value };

/**
 * What a form holds when these values are put into it, and what is wrong with them by block. A field
 * that is not among them holds what it held, and so does one whose value is wrong.
 */
export function fill(
  modal: Modal,
  values: readonly Filled[],
): { state: State; problems: Record<string, string> } {
  const state = structuredClone(modal.state);
  const problems: Record<string, string> = {};
  const placed = elementsOf(modal.blocks);
  for (const given of values) {
    if (!placed.some((one) => one.blockId === given.blockId && one.actionId === given.actionId)) {
      throw new Refusal('no_such_element');
    }
  }
  for (const one of placed) {
    if (one.block.type !== 'input') continue;
    const given = values.find(
      (candidate) => candidate.blockId === one.blockId && candidate.actionId === one.actionId,
    );
    const read = readValue(
      one,
      given === undefined ? shown(state[one.blockId]?.[one.actionId]) : given.value,
    );
    if (read.ok) (state[one.blockId] ??= {})[one.actionId] = read.state;
    else problems[one.blockId] = read.problem;
  }
  return { state, problems };
}

/** What a field holds that the person left alone. */
function shown(state: Readonly<Record<string, unknown>> | undefined): Value {
  for (const [key, held] of Object.entries(state ?? {})) {
    if (key === 'type' || held === null || held === undefined) continue;
    if (Array.isArray(held)) return held.map(valueOf);
    return valueOf(held);
  }
  return null;
}

function valueOf(held: unknown): string {
  return isObject(held) ? String(held['value']) : String(held);
}
