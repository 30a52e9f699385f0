import { createPerson, type Sight } from '#practice/slack/person.ts';

/** What the bot said to somebody alone. */
export type Told = { at: string; person: string; text: string };

const refusals = /^(You asked for this|Only .* may )/;

/** Who was refused something, and why, as they were told in a channel. */
export async function refusalsTold(pageUrl: string, people: readonly string[]): Promise<Told[]> {
  const sights = await Promise.all(
    people.map((user) => createPerson({ url: pageUrl, user }).see()),
  );
  return sights.flatMap((sight) =>
    sight.channels
      .flatMap(({ messages }) => messages)
      .filter(({ onlyYou, text }) => onlyYou && refusals.test(text))
      .map(({ ts, text }) => ({
        at: new Date(Number(ts) * 1_000).toISOString(),
        person: nameOf(sight),
        text,
      })),
  );
}

function nameOf({ me, people }: Sight): string {
  return people.find(({ id }) => id === me)?.name ?? me;
}
