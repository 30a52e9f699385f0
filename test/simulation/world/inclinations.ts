import type { Act } from '#app/acts.ts';

import type { Person } from './directory.ts';

/** How things stand when somebody looks at what they could press. */
export type Situation = {
  isFoul: boolean;
  /** How long times have been good: by and by, people see to it that everything ends. */
  quietMs: number;
  /** Of the message: whether its run asks what to do next. */
  asks: boolean;
  /** Whether a run is open in the channel. */
  runs: boolean;
  recommended: boolean;
};

const patienceMs = 6 * 60_000;

/**
 * How much a person is inclined to press a button; 0: not at all. Ana works on the incident, Ben may
 * approve and lends a hand, Cleo commands; Dan may do
 * nothing of weight, and tries.
 */
export function inclination(person: Person, act: Act, situation: Situation): number {
  const { isFoul, quietMs, asks, runs, recommended } = situation;
  const commands = person.name === 'cleo';
  const responds = person.name === 'ana';
  const approves = person.name === 'ben' || commands;
  const rarely = isFoul ? 1 : 0;
  const meddles = person.name === 'dan';
  const impatient = quietMs > patienceMs;
  switch (act.type) {
    case 'Begin':
    case 'TakeSuggestion':
    case 'MarkDone':
    case 'Answer':
      return responds ? 10 : 0;
    case 'DismissSuggestion':
      return approves ? rarely : 0;
    case 'Choose':
      return responds ? (recommended ? 10 : 4) : approves ? rarely : 0;
    case 'Confirm':
      return responds || commands ? (act.confirmed ? 10 : rarely) : 0;
    case 'Approve':
      return approves ? 10 : rarely;
    case 'Reject':
      return approves ? rarely : 0;
    case 'BreakGlass':
      return commands ? 2 * rarely : approves || meddles ? rarely : 0;
    case 'Retry':
      return responds ? (impatient ? 1 : 8) : approves ? rarely : 0;
    case 'Skip':
    case 'ByHand':
      return responds && asks ? rarely : 0;
    case 'Stop':
      return responds ? (impatient ? 20 : asks ? 1 : rarely / 10) : 0;
    case 'Rerun':
    case 'GoTo':
      return responds ? rarely / 10 : 0;
    case 'TakeCommand':
      return commands ? 5 : 0;
    case 'Resolve':
      return responds ? (runs ? rarely / 4 : 5) : 0;
    default:
      return 0;
  }
}
