import type { RunEvent } from '#domain/run/events.ts';
import { findStep, isRead, isWrite } from '#domain/run/structure.ts';
import type { Step } from '#domain/runbook/runbook.ts';
import type { EvidenceMessage } from '#ports/chat-messages.ts';

import { recordOf, type Drawing } from './drawing.ts';

export type Evidence = { slot: string; at: string; run: string; message: EvidenceMessage };

const verdicts = { pass: 'OK', fail: 'Problem found', inconclusive: 'No data' } as const;

type Finished = Extract<RunEvent, { type: 'StepFinished' }>;

/**
 * What each check saw and each write did that has ended, for the thread of its run. None of it is edited
 * later: what was asked, approved and done has its head of the record there.
 */
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
    if (event.type !== 'StepFinished') continue;
    const run = drawing.stream.runs[event.run];
    const step = run ? findStep(run.document.runbook, event.step) : null;
    const summary = step === null ? null : summaryOf(step, event);
    if (!run || step === null || summary === null) continue;
    const raw = results.get(`${event.run}/${event.step}/${event.visit}`) ?? {};
    const seen = Object.values(raw);
    const only = seen.length === 1 ? seen[0] : raw;
    found.push({
      slot: `evidence:${position}`,
      at: event.at,
      run: run.id,
      message: {
        kind: 'evidence',
        title: step.title,
        summary,
        raw: JSON.stringify(isRead(step) ? only : event.result, null, 2),
        whole: `handrail timeline ${drawing.stream.id} --format json`,
        record: recordOf(entry),
      },
    });
  }
  return found;
}

/** Null: there is nothing to tell. A write that was skipped was asked of nobody. */
function summaryOf(step: Step, { verdict, status, finding, outcome }: Finished): string | null {
  if (isRead(step)) return verdict === null ? null : `${verdicts[verdict]}: ${finding}`;
  return isWrite(step) && status !== 'skipped' ? finding || outcome : null;
}
