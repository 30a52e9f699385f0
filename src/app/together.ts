/**
 * What comes while others of its key are worked on waits, and is then worked on in one go: a hundred at
 * once cost two turns and not a hundred. Each call resolves, or rejects, as the turn does that it was in.
 */
export function createTogether<T>(work: (key: string, items: readonly T[]) => Promise<void>) {
  const busy = new Map<string, Promise<void>>();
  const next = new Map<string, { items: T[]; turn: Promise<void> }>();

  function begin(key: string, items: readonly T[]): Promise<void> {
    const turn = work(key, items).finally(() => {
      if (busy.get(key) === turn) busy.delete(key);
    });
    busy.set(key, turn);
    return turn;
  }

  return (key: string, item: T): Promise<void> => {
    const current = busy.get(key);
    if (current === undefined) return begin(key, [item]);
    const waiting = next.get(key);
    if (waiting !== undefined) {
      waiting.items.push(item);
      return waiting.turn;
    }
    const items = [item];
    const start = (): Promise<void> => {
      next.delete(key);
      return begin(key, items);
    };
    const turn = current.then(start, start);
    next.set(key, { items, turn });
    return turn;
  };
}
