/**
 * Virtual time: what is to happen, in the order of its time. Between two happenings every promise
 * that can settle does so, and nothing else runs; so the same happenings are the same history.
 */
export type Schedule = {
  /** Milliseconds since the beginning. */
  now(): number;
  /** Things of one moment happen in the order in which they were asked for. */
  after(ms: number, happen: () => void): void;
  /** Goes on until nothing is left before `end`, or `done` says so; then it is that late. */
  run(end: number, done?: () => boolean): Promise<void>;
};

type Happening = { at: number; order: number; happen: () => void };

export function createSchedule(): Schedule {
  const heap: Happening[] = [];
  let now = 0;
  let order = 0;

  return {
    now: () => now,
    after(ms, happen) {
      order += 1;
      push(heap, { at: now + Math.max(0, ms), order, happen });
    },
    run: (end, done = () => false) =>
      new Promise((resolve, reject) => {
        function step(): void {
          try {
            const next = heap[0];
            if (done() || next === undefined || next.at > end) {
              if (!done()) now = Math.max(now, end);
              resolve();
              return;
            }
            pop(heap);
            now = next.at;
            next.happen();
          } catch (error) {
            reject(error);
            return;
          }
          // A tick that is asked for inside of a microtask comes after all microtasks.
          queueMicrotask(() => process.nextTick(step));
        }
        step();
      }),
  };
}

function before(one: Happening, other: Happening): boolean {
  return one.at === other.at ? one.order < other.order : one.at < other.at;
}

function push(heap: Happening[], added: Happening): void {
  let at = heap.length;
  heap.push(added);
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || !before(added, parent)) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = added;
}

function pop(heap: Happening[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    let below = 2 * at + 1;
    let child = heap[below];
    if (child === undefined) break;
    const right = heap[below + 1];
    if (right !== undefined && before(right, child)) {
      below += 1;
      child = right;
    }
    if (!before(child, last)) break;
    heap[at] = child;
    at = below;
  }
  heap[at] = last;
}
