import { findStep } from '#domain/run/structure.ts';
import type { Stream } from '#domain/stream/stream.ts';

import type { Turn } from './turns.ts';

export type Wait = { title: string; seconds: number };

/** For what people were waited for, the longest first. Those that were open at once count each for itself. */
export function waitsOf(turns: readonly Turn[]): Wait[] {
  const waited = new Map<string, number>();
  let since = turns[0]?.event.at ?? '';
  for (const { event, before } of turns) {
    // What happened earlier may be written down later; that time was counted.
    if (event.at <= since) continue;
    const passed = Date.parse(event.at) - Date.parse(since);
    since = event.at;
    for (const title of openWaits(before)) {
      waited.set(title, (waited.get(title) ?? 0) + passed);
    }
  }
  return [...waited]
    .map(([title, ms]) => ({ title, seconds: ms / 1_000 }))
    .filter(({ seconds }) => seconds > 0)
    .toSorted((one, other) => other.seconds - one.seconds);
}

function openWaits(stream: Stream): string[] {
  const declaration = stream.incident?.status === 'suggested' ? ['To be declared'] : [];
  const runs = Object.values(stream.runs).filter(({ end }) => end === null);
  const questions = runs.flatMap(({ document: { runbook }, position, steps }) => {
    const titleOf = (id: string) => findStep(runbook, id)?.title ?? id;
    const visits = Object.values(steps).filter(
      ({ finished, wait }) => finished === null && wait !== null,
    );
    return [
      ...(position.kind === 'ask' ? [`What next: ${titleOf(position.step)}`] : []),
      ...(position.kind === 'start' ? [`Start: ${runbook.title}`] : []),
      ...visits.map(({ step, write }) =>
        write === null ? titleOf(step) : `Approval: ${titleOf(step)}`,
      ),
    ];
  });
  return [...declaration, ...questions];
}
