import type { LoadedEvent } from '#app/load.ts';
import type { Run } from '#domain/run/state.ts';
import { findStep } from '#domain/run/structure.ts';
import type { Stream, StreamEvent } from '#domain/stream/stream.ts';

/**
 * Whether a run has a message of its own. A live run that the clock began, such as a monitor every
 * five minutes, has one from the moment when it asks somebody, or ends with a problem that it has
 * brought to no incident. What had no data is in the owner's digest. Once shown, it stays so.
 */
export function isShown(stream: Stream, events: readonly LoadedEvent[], run: Run): boolean {
  if (stream.incident !== null || run.startedBy.kind !== 'bot' || run.mode !== 'live') return true;
  return (
    events.some(({ event }) => asksSomebody(event)) ||
    (run.end !== null && !endedWell(run) && !hasDeclared(run))
  );
}

function asksSomebody(event: StreamEvent): boolean {
  return (
    (event.type === 'StepEntered' && event.escalation !== undefined) ||
    event.type === 'ApprovalRequested' ||
    (event.type === 'PositionSet' && event.position.kind === 'ask')
  );
}

function endedWell({ end }: Run): boolean {
  return end?.status === 'succeeded' && end.verdict !== 'fail';
}

function hasDeclared(run: Run): boolean {
  return Object.values(run.steps).some(
    ({ step, finished }) =>
      finished?.status === 'succeeded' &&
      findStep(run.document.runbook, step)?.uses === 'incident.declare',
  );
}
