import { describe, expect, it } from 'vitest';

import { stepAlert, type AlertState } from '#practice/shop/alerts/alert-rule.ts';

describe('alert rule', () => {
  it('fires once it has been above the threshold for long enough, and not before', () => {
    expect(
      after([
        [0, 0.4],
        [900, 0.4],
      ]),
    ).toMatchObject({ status: 'pending', since: 0 });
    expect(
      after([
        [0, 0.4],
        [1000, 0.5],
      ]),
    ).toEqual({ status: 'firing', startsAt: 1000, value: 0.5 });
  });

  it('begins to wait anew after a dip', () => {
    expect(
      after([
        [0, 0.4],
        [500, null],
        [1000, 0.4],
      ]),
    ).toMatchObject({ status: 'pending', since: 1000 });
  });

  it('keeps its start while it fires, and resolves at the first moment below', () => {
    expect(
      after([
        [0, 0.4],
        [1000, 0.5],
        [2000, 0.6],
      ]),
    ).toEqual({ status: 'firing', startsAt: 1000, value: 0.6 });
    expect(
      after([
        [0, 0.4],
        [1000, 0.5],
        [3000, null],
      ]),
    ).toMatchObject({ status: 'resolved', startsAt: 1000, endsAt: 3000 });
  });

  it('may fire again after it was resolved', () => {
    expect(
      after([
        [0, 0.4],
        [1000, 0.5],
        [3000, null],
        [4000, 0.3],
        [5000, 0.3],
      ]),
    ).toMatchObject({ status: 'firing', startsAt: 5000 });
  });
});

function after(values: readonly (readonly [number, number | null])[]): AlertState {
  return values.reduce<AlertState>(
    (state, [now, value]) => stepAlert(state, { value, now, forMs: 1000 }),
    { status: 'inactive' },
  );
}
