import { findStep, isRead } from '#domain/run/structure.ts';
import type { EvidenceMessage } from '#ports/chat-messages.ts';

import { recordOf, type Drawing } from './drawing.ts';

export type Evidence = { slot: string; at: string; run: string; message: EvidenceMessage };

const verdicts = { pass: 'OK', fail: 'Problem found', inconclusive: 'No data' } as const;

/** The raw results of each check that has ended, for the thread of its run. */
export function evidence(drawing: Drawing): Evidence[] {
  const found: Evidence[] = [];
  const results = new Map<string, Record<string, unknown>>();
  for (const entry of drawing.events) {
    const { event, position } = entry;
    if (event.type === 'Measured') {
      const key = `${event.run}/${event.step}/${event.visit}`;
      const { measurement } = event;
      const raw =
        'result' in measurement
          ? measurement.result
          : 'message' in measurement
            ? measurement.message
            : null;
      results.set(key, { ...results.get(key), [event.path]: raw });
      continue;
    }
    if (event.type !== 'StepFinished' || event.verdict === null) continue;
    const run = drawing.stream.runs[event.run];
    const step = run ? findStep(run.document.runbook, event.step) : null;
    if (!run || !step || !isRead(step)) continue;
    const raw = results.get(`${event.run}/${event.step}/${event.visit}`) ?? {};
    const only = Object.values(raw);
    found.push({
      slot: `evidence:${position}`,
      at: event.at,
      run: run.id,
      message: {
        kind: 'evidence',
        title: step.title,
        summary: `${verdicts[event.verdict]}: ${event.finding}`,
        raw: JSON.stringify(only.length === 1 ? only[0] : raw, null, 2),
        whole: `handrail timeline ${drawing.stream.id} --format json`,
        record: recordOf(entry),
      },
    });
  }
  return found;
}
