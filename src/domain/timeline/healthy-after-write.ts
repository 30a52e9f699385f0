import { findStep, isWrite } from '#domain/run/structure.ts';
import type { Step } from '#domain/runbook/runbook.ts';
import { emptyStream, evolve, type Stream, type StreamEvent } from '#domain/stream/stream.ts';

import type { RecordedEvent } from './recorded-event.ts';

/**
 * When a check first passed after a write: one that the runbook watches, if it watches any, for a
 * configuration that is right again does not yet mean that customers can pay. A check that was fine
 * before the write proves nothing.
 */
export function healthyAfterWrite(events: readonly RecordedEvent[]): string | null {
  const fineBefore = new Set<string>();
  let stream = emptyStream('');
  let written = false;
  for (const { event } of events) {
    stream = evolve(stream, event);
    written ||= writes(event, stream);
    const check = checkOf(event, stream);
    if (check === null) continue;
    if (check.verdict !== 'pass') fineBefore.delete(check.id);
    else if (!written) fineBefore.add(check.id);
    else if (!fineBefore.has(check.id)) return event.at;
  }
  return null;
}

/** Sent, or found done: by its fallback, or by somebody else before. */
function writes(event: StreamEvent, stream: Stream): boolean {
  if (event.type === 'WriteStarted') return true;
  if (event.type !== 'StepFinished' || event.status !== 'succeeded') return false;
  const run = stream.runs[event.run];
  const step = run && run.mode !== 'dryRun' && findStep(run.document.runbook, event.step);
  return step ? isWrite(step) : false;
}

/** What a sample or the end of a check says. A `repeat` is the same check as its original. */
function checkOf(event: StreamEvent, stream: Stream) {
  if (event.type !== 'Measured' && event.type !== 'StepFinished') return null;
  const run = stream.runs[event.run];
  const step = run && findStep(run.document.runbook, event.step);
  if (!step || event.verdict === null) return null;
  // A child of `parallel` is no check of its own: the step as a whole says whether it is healthy.
  if (event.type === 'Measured' && event.path !== event.step) return null;
  const { runbook } = run.document;
  const check = originOf(step);
  const watched = runbook.steps.filter(({ watch }) => watch !== null).map(originOf);
  if (watched.length > 0 && !watched.includes(check)) return null;
  return { id: `${runbook.id}.${check}`, verdict: event.verdict };
}

function originOf({ id, repeats }: Step): string {
  return repeats ?? id;
}
