import { growsOldAt } from '#domain/run/freshness.ts';
import type { Stream } from '#domain/stream/stream.ts';

/** When a message will look different although nothing happens: the next evidence that grows old. */
export function agesAt({ runs }: Stream, now: string): string | null {
  const moments = Object.values(runs)
    .filter(({ end }) => end === null)
    .flatMap((run) =>
      Object.values(run.steps).flatMap((visit) => growsOldAt(run, visit, now) ?? []),
    );
  return moments.toSorted().at(0) ?? null;
}
