import type { Reply, UseCases } from '#app/use-cases.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { PersonRef } from '#ports/chat-messages.ts';
import { playApp } from '#test/support/played/played-app.ts';
import { settings } from '#test/support/runbooks.ts';

export const ana = { id: 'U0ANA', name: 'ana' };
export const ben = { id: 'U0BEN', name: 'ben' };
export const cleo = { id: 'U0CLEO', name: 'cleo' };

export const begin = '2026-11-24T03:00:00.000Z';

/** An incident that ana has declared, in a world whose time the test moves. */
export async function playIncident(
  given: {
    incident?: Partial<Settings['incident']>;
    members?: Readonly<Record<string, readonly string[]>>;
    closed?: readonly string[];
    values?: Parameters<UseCases['declareIncident']>[0]['values'];
  } = {},
) {
  const { incident: changed, values, ...more } = given;
  const world = playApp({
    ...more,
    settings: { incident: { ...settings.incident, announce: '#incidents', ...changed } },
  });
  await world.until(begin);
  const { useCases } = world;
  const declare = async (title: string, by: PersonRef = ana) => {
    const reply = await useCases.declareIncident({
      by,
      origin: { channel: null, message: null },
      values: { title, severity: 'SEV1', ...values },
    });
    await world.until(world.at());
    const id = reply.kind === 'done' ? (reply.incident ?? '') : '';
    const { incident } = await world.stream(id);
    return { id, channel: incident?.channel?.id ?? '' };
  };
  const { id, channel } = await declare('Checkout fails');

  return {
    ...world,
    id,
    channel,
    origin: { channel, message: null },
    declare,
    incident: async () => {
      const { incident } = await world.stream(id);
      if (incident === null) throw new Error('no incident');
      return incident;
    },
    /** Presses a button as it is drawn; the newest of those that have this label. */
    async press(label: string, by: PersonRef, filled?: Readonly<Record<string, string>>) {
      const found = world.posted
        .flatMap(({ message }) => ('buttons' in message ? message.buttons : []))
        .findLast((one) => one.label === label);
      if (found === undefined) throw new Error(`there is no button ${label}`);
      const origin = { channel: null, message: null };
      const reply = await useCases.press({
        control: found.control,
        by,
        origin,
        ...(filled && { values: filled }),
      });
      await world.until(world.at());
      return reply;
    },
    /** Texts of notices to a place, oldest first. */
    told: (to: string) =>
      world.posted
        .filter((one) => one.to === to)
        .flatMap(({ message }) => (message.kind === 'notice' ? [message.text] : [])),
    of: (kind: string) => world.posted.filter(({ message }) => message.kind === kind),
  };
}

export function minutes(count: number): string {
  return new Date(Date.parse(begin) + count * 60_000).toISOString();
}

export function textIn(reply: Reply): string {
  if (reply.kind === 'refused') return reply.message;
  return reply.kind === 'done' ? (reply.text ?? '') : reply.form.title;
}
