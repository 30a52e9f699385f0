import { pause } from '#practice/pause.ts';
import { ana, ben, cleo } from '#practice/people.ts';
import type { Chore, Scenario } from '#practice/scenarios/scenario.ts';
import { createPerson, type Control, type Sight } from '#practice/slack/person.ts';

import type { Manners } from './manners.ts';
import { elsewhere, forMe, inIncident, isCalledFor, standsOut } from './on-screen.ts';
import { respond } from './responder.ts';

/**
 * Three people live through an incident: the first responder declares what is only suggested, and
 * presses what stands out; the second approves what is asked of them; the commander is there for when
 * nobody answers. They know nothing but what Slack shows.
 */
export async function playIncident(
  { pageUrl, shop: { controlUrl } }: { pageUrl: string; shop: { controlUrl: string } },
  { scenario, manners }: { scenario: Scenario; manners: Manners },
  deadline: { withinMs: number; signal: AbortSignal },
): Promise<void> {
  const over = new AbortController();
  const signal = AbortSignal.any([deadline.signal, over.signal]);
  const outside: Promise<void>[] = [];
  let keepsLooking = manners.keepsLooking;
  let approvesOwn = manners.approvesOwn;

  function first(sight: Sight): Control | undefined {
    const declare = elsewhere(sight, /^Declare/);
    if (declare !== undefined) return declare;
    const command = manners.commanderLeads ? undefined : inIncident(sight, /^Take command$/);
    if (command !== undefined) return command;

    const approve = approvesOwn ? inIncident(sight, /^Approve/) : undefined;
    if (approve !== undefined) return approve;
    const recommended = standsOut(sight);
    const look = keepsLooking && recommended ? inIncident(sight, /^Keep looking$/) : undefined;
    return look ?? recommended;
  }

  function second(sight: Sight): Control | undefined {
    return manners.secondIsAway ? undefined : forMe(sight, /^Approve/);
  }

  function commander(sight: Sight): Control | undefined {
    const command = manners.commanderLeads ? inIncident(sight, /^Take command$/) : undefined;
    if (command !== undefined) return command;
    const approve = manners.secondIsAway ? forMe(sight, /^Approve/) : undefined;
    return approve && isCalledFor(sight, approve) ? approve : undefined;
  }

  function before({ label }: Control): void {
    if (/^Keep looking$/.test(label)) keepsLooking = false;
    if (label.startsWith('Approve')) approvesOwn = false;
    const chore = scenario.chores.find(({ button }) => button.test(label));
    if (chore !== undefined) outside.push(later(manners.outsideMs(), chore));
  }

  async function later(ms: number, chore: Chore): Promise<void> {
    await pause(ms, signal);
    if (!signal.aborted) await chore.done(controlUrl);
  }

  const people = [
    { id: ana, choose: first, before },
    { id: ben, choose: second, before() {} },
    { id: cleo, choose: commander, before() {} },
  ].map((one) => ({
    ...one,
    person: createPerson({ url: pageUrl, user: one.id }),
    delayMs: () => manners.delayMs(one.id),
  }));

  try {
    await Promise.all(people.map((one) => respond(one, { ...deadline, signal })));
  } finally {
    over.abort();
    await Promise.allSettled(outside);
  }
}
