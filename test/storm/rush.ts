import type { Control, Sight } from '#practice/slack/person.ts';
import { eventually } from '#test/practice/shop/eventually.ts';
import { textOf } from '#test/support/at-the-screen.ts';
import { prometheusValue } from '#test/support/prometheus-value.ts';
import type { World } from '#test/support/world.ts';

import { sendStorm } from './alert-storm.ts';

/** How long a person waits for anything here; what is required is measured, not waited for. */
const patience = { withinMs: 120_000 };

/**
 * Many incidents at one time under a storm of alerts, all of them over the broken production. Ana asks for
 * the rollback in one after the other, as soon as it is offered; `asked` is how long it took each time from
 * her press until ben saw that he is to approve it, and `offered` from the first alert to the offer.
 */
export async function rush(
  { ana, ben, shop, workspace }: World,
  webUrls: readonly string[],
  { incidents, ...storm }: { incidents: number; alerts: number; perMinute: number },
) {
  // Until then a runbook that looks finds a false alarm, and rightly so.
  await eventually(async () => (await shareOfFailed(shop)) > 0.2, { withinMs: 30_000 });
  const begunAt = performance.now();
  const stormed = sendStorm(webUrls, { ...storm, groups: incidents });
  const done = new Set<string>();
  const offered: number[] = [];
  const asked: number[] = [];
  while (done.size < incidents) {
    const control = await ana.until((sight) => offer(sight, done), patience);
    const channel = control.channel ?? '';
    const pressedAt = performance.now();
    offered.push(pressedAt - begunAt);
    await ana.press(control);
    await ben.until((sight) => isAskedFor(sight, channel), patience);
    asked.push(performance.now() - pressedAt);
    done.add(channel);
  }
  const { latencies, refused } = await stormed;
  return {
    offered: sorted(offered),
    asked: sorted(asked),
    alerts: { latencies, refused },
    calls: workspace.calls(),
  };
}

/** Of the orders of the last ten seconds in production. */
function shareOfFailed(shop: World['shop']): Promise<number> {
  const place = 'service="checkout",environment="production"';
  const failed = `sum(rate(http_requests_total{${place},code=~"5.."}[10s]))`;
  const all = `sum(rate(http_requests_total{${place}}[10s]))`;
  return prometheusValue(shop, `${failed} / ${all}`);
}

function sorted(list: readonly number[]): number[] {
  return list.toSorted((one, other) => one - other);
}

/** The recommended rollback of an incident in which it was not asked for yet. */
function offer(sight: Sight, done: ReadonlySet<string>): Control | undefined {
  return sight.channels
    .filter(({ id, name }) => name.startsWith('inc-') && !done.has(id))
    .flatMap(({ messages }) => messages.flatMap(({ controls }) => controls))
    .find(({ label, style }) => style === 'primary' && label.startsWith('Roll back'));
}

/** Whether the bot has asked this person to approve something of this incident's channel. */
function isAskedFor(sight: Sight, channel: string): boolean {
  return sight.channels.some(
    ({ kind, messages }) =>
      kind === 'im' &&
      messages.some(
        (message) =>
          textOf(message).includes(`<#${channel}>`) &&
          message.controls.some(({ label }) => label === 'Approve rollback'),
      ),
  );
}
