import type { Runbook, Step } from '#domain/runbook/runbook.ts';

import { chosenAmong, isSkipped, type Place, placeIn, type Selection, top } from './selection.ts';

/** A step, nested ones and those of called runbooks included, as far as the files tell. */
export type Inside = { step: Step; place: Place; runbook: Runbook };

type Find = (id: string) => Promise<Runbook | null>;

const all: Selection = { only: null, skip: [] };

/** Every step that a check may come to. Items of `foreach` are not told apart. */
export async function stepsInside(
  runbook: Runbook,
  find: Find,
  selection: Selection = all,
): Promise<readonly Inside[]> {
  return inLevel({ runbook, find, selection, callers: [runbook.id] }, runbook.steps, top);
}

type Looking = { runbook: Runbook; find: Find; selection: Selection; callers: readonly string[] };

async function inLevel(
  looking: Looking,
  steps: readonly Step[],
  parent: Place,
): Promise<readonly Inside[]> {
  const { runbook, find, selection, callers } = looking;
  const placeOf = (id: string) => placeIn(parent, id);
  const chosen = chosenAmong(steps, selection, placeOf);
  const found: Inside[] = [];
  for (const step of steps) {
    const place = placeOf(step.id);
    const how = chosen.get(step.id);
    if (how === undefined || isSkipped(selection, place)) continue;
    found.push({ step, place, runbook });
    const inside = how.whole ? { ...looking, selection: { ...selection, only: null } } : looking;
    found.push(...(await inLevel(inside, step.steps, place)));

    const { id } = step.with;
    const calls = step.uses === 'runbook' && typeof id === 'string' && !callers.includes(id);
    const called = calls ? await find(id) : null;
    if (called === null) continue;
    const below = { ...inside, runbook: called, callers: [...callers, called.id] };
    found.push(...(await inLevel(below, called.steps, place)));
  }
  return found;
}

/** Of names that a person gave, those that are no step: an item in brackets is not looked at. */
export function unknownNames(names: readonly string[], inside: readonly Inside[]): string[] {
  const known = new Set(inside.map(({ place }) => place.plain));
  return names.filter((name) => !known.has(name.replaceAll(/\[.*?\](?=\.|$)/g, '')));
}
