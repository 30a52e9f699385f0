import { expect, it } from 'vitest';

import type { Sight } from '#practice/slack/person.ts';
import { presses, recommended, sees, textOf } from '#test/support/at-the-screen.ts';
import { openWorld } from '#test/support/world.ts';

it('shows an approver at home what waits, takes the answer there, and follows it to its end', async () => {
  await using world = await openWorld();
  await world.startBot();
  await world.breakProduction();
  await presses(world.ana, recommended(/^Roll back 1842 → 1841$/));
  await sees(world.ben, (sight) => sight.channels.some(({ kind }) => kind === 'im'));

  await world.ben.openHome();
  const asking = await sees(
    world.ben,
    home(/Waiting for your approval.*From \*1842\* to \*1841\*/s),
  );
  expect(asking).toMatch(/Open incidents.*SEV1.*Next:.*Runbooks.*checkout-bad-gateway-url/s);
  await presses(world.ben, atHome(/^Approve rollback$/));

  const answered = await sees(world.ben, home(/^(?!.*Waiting for your approval)/s));
  expect(answered).toContain('Open incidents');
  await presses(world.ana, recommended(/^Resolve$/));
  expect(await sees(world.ben, home(/No incident is open/))).toMatch(
    /Recently resolved.*Post-mortem: handrail postmortem/s,
  );
});

it('lets an admin have Handrail look at itself, from there', async () => {
  await using world = await openWorld();
  await world.startBot();
  await world.ana.openHome();
  await sees(world.ana, home(/Runbooks/));
  expect((await world.ana.see()).home?.controls.map(({ label }) => label)).not.toContain(
    'Check Handrail',
  );

  await world.cleo.openHome();
  await presses(world.cleo, atHome(/^Check Handrail$/));

  const found = await sees(world.cleo, home(/🟢 \*database\*/));
  expect(found).toMatch(/🟢 \*slack scopes\*/);
  expect(found).toMatch(/🟢 \*connection prometheus\* answers queries/);
});

/** What is written at the person's home, where it has these words. */
function home(words: RegExp) {
  return (sight: Sight) => {
    const text = sight.home === null ? '' : textOf({ text: '', blocks: sight.home.blocks });
    return words.test(text) && text;
  };
}

function atHome(label: RegExp) {
  return (sight: Sight) => sight.home?.controls.find((control) => label.test(control.label));
}
