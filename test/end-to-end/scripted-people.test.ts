import { expect, it } from 'vitest';

import { byTheBook } from '#practice/responders/manners.ts';
import { refusalsTold } from '#practice/responders/told.ts';
import { badGatewayUrl } from '#practice/scenarios/bad-gateway-url.ts';
import { debriefEach } from '#src/practice-debriefs.ts';
import { message, sees, textOf } from '#test/support/at-the-screen.ts';
import {
  inOrder,
  longest,
  playedIncident,
  playScenario,
  quietShop,
  timelineOf,
} from '#test/support/play-scenario.ts';
import { openWorld, type World } from '#test/support/world.ts';

const windows = {
  rate: '3s',
  hold: '1s',
  every: '200ms',
  giveUp: '60s',
  escalation: { again: '1s', commanders: '2s' },
};

it(
  'people as they are: one keeps looking and approves their own, one is away',
  longest,
  async () => {
    await using world = await openWorld({ windows, shop: quietShop });
    await playScenario(world, badGatewayUrl, {
      ...byTheBook,
      commanderLeads: true,
      keepsLooking: true,
      approvesOwn: true,
      secondIsAway: true,
    });

    expect(await refusalsTold(world.workspace.pageUrl, [world.ana.id, world.ben.id])).toMatchObject(
      [{ person: 'ana', text: expect.stringContaining('somebody else must approve it') }],
    );
    const { entries, incident } = await playedIncident(world);
    expect(incident?.roles).toMatchObject({ commander: { name: 'cleo' } });
    expect(
      entries.filter(({ kind }) => kind === 'approval').map(({ actor }) => actor.name),
    ).toEqual(['cleo']);
    expect(await timelineOf(world)).toEqual(
      inOrder(
        /Chose Keep looking/,
        /Chose Roll back/,
        /Nobody has answered Roll back checkout yet: told incident-commanders/,
        /Approved: Roll back checkout/,
        /Resolved/,
      ),
    );

    const debrief = await debriefed(world);
    expect(debrief).toMatch(/ana: Chose Keep looking\. The evidence recommended Roll back\./);
    expect(debrief).toMatch(/ana: Was refused\. You asked for this/);
    expect(debrief).toMatch(/Approval: Roll back checkout/);
    const posted = textOf(await sees(world.ben, message(/Debrief of this practice/)));
    expect(posted).toContain('Do the shipped URLs point at the right hosts: 2 wrong settings');
  },
);

/** As `handrail practice` tells it at the terminal, once the incident is resolved. */
async function debriefed(world: World): Promise<string> {
  const over = new AbortController();
  const told = Promise.withResolvers<string>();
  const debriefs = debriefEach(
    { ...world, pageUrl: world.workspace.pageUrl },
    { tell: (lines) => told.resolve(lines.join('\n')), signal: over.signal },
  );
  try {
    return await Promise.race([told.promise, debriefs.then(() => '')]);
  } finally {
    over.abort();
    await debriefs;
  }
}
