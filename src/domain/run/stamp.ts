import type { RunEvent } from './events.ts';
import type { StepVisit } from './state.ts';

/** What stays of a button that was pressed: what was done, by whom, when and why. */
export function stamp(visit: StepVisit, what: string, event: RunEvent): StepVisit {
  const reason = 'texts' in event ? (event.texts?.['reason'] ?? null) : null;
  const stamps = [...visit.stamps, { what, by: event.actor, at: event.at, reason }];
  return { ...visit, stamps };
}
