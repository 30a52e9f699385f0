import type { Actor } from '#domain/ids.ts';
import type { StreamEvent } from '#domain/stream/stream.ts';

/** One visit of a step, as the events tell it; without an outcome it has not ended. */
export type Visit = {
  step: string;
  visit: number;
  purpose: 'route' | 'rerun';
  outcome: string | null;
  by: Actor | null;
};

/** The visits of a run in their order. */
export function visitsOf(events: readonly StreamEvent[], run: string): readonly Visit[] {
  const visits: Visit[] = [];
  for (const event of events) {
    if (!('run' in event) || event.run !== run) continue;
    if (event.type === 'StepEntered') {
      const { step, visit, purpose } = event;
      visits.push({ step, visit, purpose, outcome: null, by: null });
    } else if (event.type === 'StepFinished') {
      const ended = visits.find(({ step, visit }) => step === event.step && visit === event.visit);
      if (ended) Object.assign(ended, { outcome: event.outcome, by: event.actor });
    }
  }
  return visits;
}
