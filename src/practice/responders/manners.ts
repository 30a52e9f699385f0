import type { Chance } from '#practice/chance.ts';

/** How the people of a practised incident behave. */
export type Manners = {
  /** How long somebody takes to see something and to act, drawn anew for each act. */
  delayMs: (person: string) => number;
  /** The commander takes command, and else the first responder does. */
  commanderLeads: boolean;
  /** The first responder keeps looking at first, though the evidence recommends something. */
  keepsLooking: boolean;
  /** Whoever asked for a write presses Approve as well, before anybody else can. */
  approvesOwn: boolean;
  /** The second responder never answers: it takes an escalation until the commander does. */
  secondIsAway: boolean;
  /** How long somebody outside takes to do what was asked for. */
  outsideMs: () => number;
};

/** Everybody is there, acts at once, and does what the evidence recommends. */
export const byTheBook: Manners = {
  delayMs: () => 0,
  commanderLeads: false,
  keepsLooking: false,
  approvesOwn: false,
  secondIsAway: false,
  outsideMs: () => 2_000,
};

/** People as they are. */
export function byChance(chance: Chance): Manners {
  const people = new Map<string, Chance>();
  const outside = chance.named('outside');
  const habits = chance.named('habits');

  return {
    delayMs(person) {
      const own = people.get(person) ?? chance.named(person);
      people.set(person, own);
      return own.between(500, 3_500);
    },
    commanderLeads: habits.happens(1 / 2),
    keepsLooking: habits.happens(1 / 2),
    approvesOwn: habits.happens(1 / 2),
    secondIsAway: habits.happens(1 / 3),
    outsideMs: () => outside.between(2_000, 8_000),
  };
}
