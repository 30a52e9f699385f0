import { formatDuration, parseDuration } from '#domain/duration.ts';
import type { Verdict } from '#domain/run/events.ts';
import type { Run } from '#domain/run/state.ts';
import type { StreamEvent } from '#domain/stream/stream.ts';

import type { Expectation, Failure } from './rehearsal-case.ts';

type Played = {
  run: Run;
  events: readonly StreamEvent[];
  recommended: Readonly<Record<string, readonly string[]>>;
  elapsedMs: number;
};

/** What a rehearsal was expected to come to and did not, each with both sides. */
export function unmetExpectations(expected: Expectation, played: Played): readonly Failure[] {
  const { run, events, recommended, elapsedMs } = played;
  const found: Failure[] = [];
  const check = (what: string, wanted: string, actual: string) => {
    if (wanted === actual) return;
    found.push({ expected: wanted, actual, message: `${what}: ${actual} in place of ${wanted}` });
  };

  if (expected.status) check('status', expected.status, run.end?.status ?? 'not ended');
  if (expected.waitingOn) check('waitingOn', expected.waitingOn, waitingOn(run) ?? 'nothing');
  if (expected.path) check('path', expected.path.join(' → '), run.path.join(' → '));
  if (expected.writes) {
    check('writes', expected.writes.join(', '), writesOf(run, events).join(', '));
  }
  for (const [step, option] of Object.entries(expected.recommended ?? {})) {
    check(`recommended at ${step}`, option, (recommended[step] ?? []).join(', '));
  }
  for (const [path, verdict] of Object.entries(expected.verdicts ?? {})) {
    check(`verdict of ${path}`, verdict, verdictOf(run, path) ?? 'none');
  }
  const limit = expected.elapsed?.lessThan ?? null;
  if (limit !== null && elapsedMs >= (parseDuration(limit) ?? 0)) {
    const actual = formatDuration(elapsedMs);
    found.push({ expected: `< ${limit}`, actual, message: `elapsed: ${actual}, not < ${limit}` });
  }
  return found;
}

/** Where only a person could go on. */
export function waitingOn(run: Run): string | null {
  const { end, position } = run;
  if (end !== null) return null;
  if (position.kind === 'start') return 'start';
  if (position.kind === 'ask') return position.step;
  return position.steps.find((id) => run.steps[id]?.finished === null) ?? null;
}

/** The steps that wrote, in order: something was sent, whatever came of it. */
function writesOf(run: Run, events: readonly StreamEvent[]): readonly string[] {
  return events.flatMap((event) =>
    event.type === 'WriteStarted' && event.run === run.id && event.attempt === 1
      ? [event.step]
      : [],
  );
}

function verdictOf(run: Run, path: string): Verdict | null {
  const visit = run.steps[path];
  if (visit) return visit.finished?.verdict ?? null;
  const activities = Object.values(run.steps).flatMap((one) => one.activities);
  return activities.find((one) => one.path === path)?.last?.verdict ?? null;
}
