import { describe, expect, it } from 'vitest';

import type { AlertState } from '#practice/shop/alerts/alert-rule.ts';
import { createNotifier, type Delivery } from '#practice/shop/alerts/notifier.ts';

const firing: AlertState = { status: 'firing', startsAt: 0, value: 0.5 };
const resolved: AlertState = { status: 'resolved', startsAt: 0, endsAt: 50, value: 0.5 };

describe('notifier', () => {
  it('tells that an alert fires, again at the interval, and once that it is resolved', async () => {
    const { notifier, sent } = open();
    for (const now of [0, 10, 90, 100, 150]) await notifier.tick(firing, now);
    for (const now of [160, 170, 999]) await notifier.tick(resolved, now);

    expect(sent).toEqual(['firing', 'firing', 'resolved']);
  });

  it('tries again what nobody heard, after a while', async () => {
    const { notifier, sent } = open(['undelivered', 'undelivered', 'delivered']);
    for (const now of [0, 5, 10, 15, 20, 25]) await notifier.tick(firing, now);

    expect(sent).toHaveLength(3);
  });

  it('does not insist where it was refused', async () => {
    const { notifier, sent } = open(['refused']);
    for (const now of [0, 10, 20, 30]) await notifier.tick(firing, now);

    expect(sent).toHaveLength(1);
  });

  it('does not tell of the end of what nobody heard of', async () => {
    const { notifier, sent } = open(['undelivered']);
    await notifier.tick(firing, 0);
    await notifier.tick(resolved, 100);

    expect(sent).toEqual(['firing']);
  });

  it('tells that it fires again after it was resolved', async () => {
    const { notifier, sent } = open();
    await notifier.tick(firing, 0);
    await notifier.tick(resolved, 50);
    await notifier.tick({ ...firing, startsAt: 60 }, 60);

    expect(sent).toEqual(['firing', 'resolved', 'firing']);
  });

  it('posts one at a time', async () => {
    const answer = Promise.withResolvers<Delivery>();
    let posts = 0;
    const notifier = createNotifier({
      repeatMs: 100,
      retryMs: 10,
      send() {
        posts += 1;
        return answer.promise;
      },
    });
    const first = notifier.tick(firing, 0);
    await notifier.tick(firing, 500);
    expect(posts).toBe(1);

    answer.resolve('delivered');
    await first;
  });
});

function open(answers: Delivery[] = []) {
  const sent: string[] = [];
  const notifier = createNotifier({
    repeatMs: 100,
    retryMs: 10,
    async send({ status }) {
      sent.push(status);
      return answers.shift() ?? 'delivered';
    },
  });
  return { notifier, sent };
}
