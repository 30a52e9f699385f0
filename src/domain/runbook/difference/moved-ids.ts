/**
 * The fewest ids that have to move to turn one order into the other: all but a longest run of those
 * that keep their order. Both lists hold the same ids.
 */
export function movedIds(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  const place = new Map(before.map((id, index) => [id, index]));
  const ending: { id: string; place: number; run: readonly string[] }[] = [];
  for (const id of after) {
    const at = place.get(id) ?? -1;
    const best = ending
      .filter((other) => other.place < at)
      .reduce<readonly string[]>(
        (run, other) => (other.run.length > run.length ? other.run : run),
        [],
      );
    ending.push({ id, place: at, run: [...best, id] });
  }
  const longest = ending.reduce<readonly string[]>(
    (run, other) => (other.run.length > run.length ? other.run : run),
    [],
  );
  const kept = new Set(longest);
  return new Set(after.filter((id) => !kept.has(id)));
}
