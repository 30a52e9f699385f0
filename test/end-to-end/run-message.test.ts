import { expect, it } from 'vitest';

import type { Sight } from '#practice/slack/person.ts';
import {
  buttonForMe,
  incidentChannel,
  message,
  presses,
  recommended,
  sees,
  textOf,
} from '#test/support/at-the-screen.ts';
import { openWorld } from '#test/support/world.ts';

it('shows the metric with the deploy and the rollback, in a picture and in words', async () => {
  await using world = await openWorld();
  await world.startBot();
  await world.breakProduction();

  const before = await sees(world.ana, chart(/Deploy 1842 at/));
  expect(before.alt_text).toMatch(/^Error rate · checkout production: .* at most [\d.]+ %/);
  expect(before.alt_text).not.toContain('Rollback');
  await presses(world.ana, recommended(/^Roll back 1842 → 1841$/));
  await presses(world.ben, buttonForMe(/^Approve rollback$/));
  await sees(world.ana, recommended(/^Resolve$/));

  const after = await sees(world.ana, chart(/Rollback 1842 → 1841 at [\d:]+, done at/));
  expect(after.slack_file?.id).not.toBe(before.slack_file?.id);
  const picture = await fetch(new URL(`/files/${after.slack_file?.id}`, world.workspace.pageUrl));
  expect(picture.headers.get('content-type')).toBe('image/png');
});

it('goes on in plain blocks where Slack has no other', async () => {
  await using world = await openWorld({ slack: { withoutBlocks: ['table', 'plan'] } });
  await world.startBot();
  await world.breakProduction();

  await presses(world.ana, recommended(/^Roll back 1842 → 1841$/));
  await presses(world.ben, buttonForMe(/^Approve rollback$/));
  await presses(world.ana, recommended(/^Resolve$/));

  await sees(world.ana, (sight) => incidentChannel(sight)?.topic.includes('resolved'));
  const run = await sees(world.ana, message(/Finished/));
  expect(textOf(run)).toMatch(/Roll back checkout\* · Done\nRolled back 1842 → 1841/);
});

/** The chart in a message of the incident's channel whose words are these. */
function chart(words: RegExp) {
  return (sight: Sight) =>
    incidentChannel(sight)
      ?.messages.flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.type === 'image' && words.test(block.alt_text) ? [block] : []))
      .at(0);
}
