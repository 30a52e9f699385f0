import { stepsReadBy } from '#domain/expressions/references.ts';
import type { Step } from '#domain/runbook/runbook.ts';

/**
 * Steps by id, as a report has them: `config`, `gateways.tls`, `gateways[api.example].tls`. A name
 * stands for the step with all that is in it. `only` is null where all is wanted.
 */
export type Selection = { only: readonly string[] | null; skip: readonly string[] };

/** Where a step stands: `smoke.gateways[api.example].tls`, and the same without items. */
export type Place = { full: string; plain: string };

export const top: Place = { full: '', plain: '' };

export function placeIn(parent: Place, id: string, item: string | null = null): Place {
  const join = (path: string) => (path === '' ? id : `${path}.${id}`);
  const full = item === null ? parent.full : `${parent.full}[${item}]`;
  return { full: join(full), plain: join(parent.plain) };
}

export function isSkipped({ skip }: Selection, place: Place): boolean {
  return skip.some((name) => covers(name, place));
}

/**
 * Of the steps of one level those that are checked: what is named, and what that reads, at any
 * remove. A step that is read is checked with all that is in it; `whole` says so of its children.
 */
export function chosenAmong(
  steps: readonly Step[],
  { only }: Selection,
  placeOf: (id: string) => Place,
): ReadonlyMap<string, { whole: boolean }> {
  const named = steps.filter(({ id }) => only?.some((name) => touches(name, placeOf(id))) ?? true);
  const needed = only === null ? new Set() : readBy(named, steps);
  return new Map(
    steps
      .filter((step) => named.includes(step) || needed.has(step.id))
      .map(({ id }) => [id, { whole: only === null || needed.has(id) }]),
  );
}

function readBy(asked: readonly Step[], steps: readonly Step[]): ReadonlySet<string> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const needed = new Set<string>();
  const open = [...asked];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    for (const id of stepsReadBy(step)) {
      const read = byId.get(id);
      if (read === undefined || id === step.id || needed.has(id)) continue;
      needed.add(id);
      open.push(read);
    }
  }
  return needed;
}

/** The step that is named, or one inside of it. */
function covers(name: string, place: Place): boolean {
  return [place.full, place.plain].some((path) => path === name || isInside(path, name));
}

/** As before, or a step around the one that is named. */
function touches(name: string, place: Place): boolean {
  return covers(name, place) || [place.full, place.plain].some((path) => isInside(name, path));
}

function isInside(path: string, parent: string): boolean {
  return path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`);
}
