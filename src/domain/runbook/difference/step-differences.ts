import { routesOf } from '#domain/runbook/rules/routes.ts';
import type { Runbook, Step } from '#domain/runbook/runbook.ts';

import { bold, code, type Change } from './change-text.ts';
import { movedIds } from './moved-ids.ts';
import { routeChanges } from './route-changes.ts';
import { stepChanges } from './step-changes.ts';

/**
 * Steps that came, went, moved or changed, in the order of the new version, those that went last. A
 * step that is the same but for its id has another name, and is no other step.
 */
export function stepDifferences(before: Runbook, after: Runbook): readonly Change[] {
  const renamed = renamedSteps(before, after);
  const old = new Map(before.steps.map((step) => [renamed.get(step.id) ?? step.id, step]));
  const kept = after.steps.filter(({ id }) => old.has(id)).map(({ id }) => id);
  const moved = movedIds(
    [...old.keys()].filter((id) => kept.includes(id)),
    kept,
  );
  const ids = new Set(after.steps.map(({ id }) => id));

  return [
    ...after.steps.flatMap((step, index): readonly Change[] => {
      const was = old.get(step.id);
      const place = placeOf(after, index);
      if (was === undefined) {
        return [{ text: `Added ${nameOf(step)}, ${code(step.uses)}, ${place}` }];
      }
      const details = [
        ...(was.id === step.id ? [] : [`Its id was ${code(was.id)}`]),
        ...(moved.has(step.id) ? [`Moved ${place}`] : []),
        ...stepChanges(was, step),
        ...routeChanges(routesIn(before, was, renamed), routesIn(after, step), step),
      ];
      return details.length === 0 ? [] : [{ text: nameOf(step), details }];
    }),
    ...[...old]
      .filter(([id]) => !ids.has(id))
      .map(([, step]) => ({ text: `Removed ${nameOf(step)}, ${code(step.uses)}` })),
  ];
}

function nameOf({ id, title }: Step): string {
  return `${bold(title)} (${code(id)})`;
}

function placeOf({ steps }: Runbook, index: number): string {
  const above = steps[index - 1];
  return above === undefined ? 'at the beginning' : `after ${bold(above.title)}`;
}

/** Old id to new id, where a step that went and one that came are else the same. */
function renamedSteps(before: Runbook, after: Runbook): ReadonlyMap<string, string> {
  const old = new Set(before.steps.map(({ id }) => id));
  const current = new Set(after.steps.map(({ id }) => id));
  const come = after.steps.filter(({ id }) => !old.has(id));
  return new Map(
    before.steps.flatMap((gone) => {
      if (current.has(gone.id)) return [];
      const same = come.find((step) => sameButForId(gone, step));
      return same === undefined ? [] : [[gone.id, same.id] as const];
    }),
  );
}

function sameButForId(one: Step, other: Step): boolean {
  return one.uses === other.uses && one.title === other.title;
}

/** Where a step goes, with the ids of the new version. */
function routesIn(
  runbook: Runbook,
  step: Step,
  renamed: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const routes = routesOf(step, runbook.steps.indexOf(step), runbook);
  return new Map([...routes].map(([outcome, to]) => [outcome, renamed.get(to) ?? to]));
}
