import { sha256 } from '#adapters/store/event-store.ts';
import { verifyChain } from '#domain/timeline/record.ts';
import type { World } from '#test/simulation/world/world.ts';

/** The record of each stream is a chain that holds, and every head that was posted is in one. */
export function chainHolds({ database, slack }: World): string[] {
  const { records } = database;
  const streams = records.streams({ prefix: '', limit: 1_000 });
  const broken = streams.filter(
    (stream) => !verifyChain(stream, records.entries(stream), { sha256 }).intact,
  );
  const hashes = new Set(streams.flatMap((one) => records.entries(one).map(({ hash }) => hash)));
  const posted = slack.messages.flatMap(({ versions }) =>
    versions.flatMap((one) => ('record' in one && one.record ? [one.record.hash] : [])),
  );
  return [
    ...broken.map((stream) => `the chain of ${stream} does not hold`),
    ...posted.filter((head) => !hashes.has(head)).map((head) => `${head} was posted and is gone`),
  ];
}
