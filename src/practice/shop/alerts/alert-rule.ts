/** As a Prometheus rule: above the threshold for a while before it fires. Times in milliseconds. */
export type AlertState =
  | { status: 'inactive' }
  | { status: 'pending'; since: number }
  | { status: 'firing'; startsAt: number; value: number }
  | { status: 'resolved'; startsAt: number; endsAt: number; value: number };

/** `value` is what exceeded the threshold at `now`, or null if nothing did. */
export function stepAlert(
  state: AlertState,
  { value, now, forMs }: { value: number | null; now: number; forMs: number },
): AlertState {
  if (state.status === 'firing') {
    return value === null
      ? { status: 'resolved', startsAt: state.startsAt, endsAt: now, value: state.value }
      : { ...state, value };
  }
  if (value === null) return state.status === 'pending' ? { status: 'inactive' } : state;

  const since = state.status === 'pending' ? state.since : now;
  return now - since >= forMs
    ? { status: 'firing', startsAt: now, value }
    : { status: 'pending', since };
}
