import type { Button, Facts } from './facts.ts';

/** What to do about a step: a fault to switch, a place to look at, or somebody to be there. */
export type Way =
  | { kind: 'break' }
  | {
      kind: 'look';
      channel: string;
      ts: string | null;
      as: string;
      label: string;
      /** What stands in the field to type in then, for the person to send. */
      say?: string;
    };

export type Step = { title: string; hint: string; way: Way | null };

export const TITLES = [
  'Break the shop',
  'The alert opens the incident',
  'Press what is recommended',
  'Be somebody else, and approve',
  'Watch it recover',
  'Read the timeline',
] as const;

const BREAK: { at: number } & Step = {
  at: 0,
  title: TITLES[0],
  hint: 'Build 1842 ships a wrong payment-gateway address. Nothing is scripted: orders will really fail.',
  way: { kind: 'break' },
};

/** Where somebody is on their way through an incident, by what has really happened. From 0. */
export function stepOf(facts: Facts): { at: number } & Step {
  const { incident, recommended, again, asked, approved, broken, healthy, viewer } = facts;
  if (incident === null || (incident.resolved && broken)) {
    return broken
      ? {
          at: 1,
          title: TITLES[1],
          hint: 'Orders fail now, or are slow. Watch the figures: within seconds the alert fires, and Handrail opens a channel, or asks in #checkout whether to open one.',
          way: null,
        }
      : BREAK;
  }
  const channel = { channel: incident.id, ts: null, as: viewer };
  if (incident.resolved) {
    return {
      at: 5,
      title: TITLES[5],
      hint: 'Resolved. «/incident timeline» in its channel shows what happened when. Then break something else.',
      way: { kind: 'look', ...channel, label: 'Ask for it', say: '/incident timeline' },
    };
  }
  if (asked !== null) return askedStep(facts, asked);
  // Somebody has declared an incident, and nothing is wrong in the shop.
  const isIdle = !approved && !broken && healthy;
  if (isIdle && recommended?.label.startsWith('▶')) return BREAK;
  if (recommended !== null && !recommended.label.startsWith('Approve')) {
    return pressStep(facts, recommended);
  }
  if (recommended === null && again !== null) return againStep(facts, again);
  if (isIdle) return BREAK;
  const way = { kind: 'look', ...channel, label: 'Open the channel' } as const;
  if (!approved && broken) {
    const hint = 'It checks what is wrong, and then asks. Watch the channel of the incident.';
    return { at: 2, title: 'Handrail looks at it', hint, way };
  }
  return {
    at: 4,
    title: TITLES[4],
    hint:
      healthy && !broken
        ? 'The figures are back to normal. Handrail watches until they hold, and then says so.'
        : 'Handrail is at work: see the builds and the error rate in the shop.',
    way,
  };
}

function askedStep({ viewer }: Facts, asked: NonNullable<Facts['asked']>): { at: number } & Step {
  const { channel, ts, label, person, name } = asked;
  return {
    at: 3,
    title: viewer === person ? `You are ${name}: approve` : `Be ${name}, and approve`,
    hint:
      viewer === person
        ? `Nobody approves what they asked for. Read the plan in your direct messages and press «${label}».`
        : `Nobody approves what they asked for, so ${name} was asked.`,
    way: {
      kind: 'look',
      channel,
      ts,
      as: person,
      label: viewer === person ? 'Open the request' : `Be ${name}`,
    },
  };
}

function pressStep(
  { viewer, healthy, broken }: Facts,
  { channel, ts, label }: Button,
): { at: number } & Step {
  const mended = healthy && !broken;
  return {
    at: mended ? 4 : 2,
    title: mended ? TITLES[4] : TITLES[2],
    hint: `${mended ? 'Orders go through again' : 'Handrail has looked at it and recommends what to do'}: press «${label}» in the channel of the incident.`,
    way: { kind: 'look', channel, ts, as: viewer, label: 'Show me' },
  };
}

function againStep({ viewer }: Facts, { channel, ts, label }: Button): { at: number } & Step {
  return {
    at: 2,
    title: 'Look again',
    hint: `What was found has grown old, so nothing is recommended: press «${label}».`,
    way: { kind: 'look', channel, ts, as: viewer, label: 'Show me' },
  };
}
