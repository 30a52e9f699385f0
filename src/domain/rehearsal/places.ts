import type { Runbook, RunbookDocument, Step } from '#domain/runbook/runbook.ts';

/** Every step that a case can name, by its place in the case; see `place-in-case.ts`. */
export type Places = ReadonlyMap<string, Step>;

/** `parent.child` stands for every item of `foreach`. A runbook that calls itself is not gone into. */
export function placesOf(
  runbook: Runbook,
  called: Readonly<Record<string, RunbookDocument>>,
  around: readonly string[] = [],
  prefix = '',
): Places {
  const places = new Map<string, Step>();
  const callers = [...around, runbook.id];
  for (const step of runbook.steps) {
    const place = `${prefix}${step.id}`;
    places.set(place, step);
    for (const child of step.steps) places.set(`${place}.${child.id}`, child);
    const id = step.uses === 'runbook' ? step.with['id'] : undefined;
    const inner = typeof id === 'string' && !callers.includes(id) ? called[id] : undefined;
    if (typeof id !== 'string' || inner === undefined) continue;
    const within = placesOf(inner.runbook, called, callers, `${place}.`);
    for (const [innerPlace, innerStep] of within) places.set(innerPlace, innerStep);
  }
  return places;
}
