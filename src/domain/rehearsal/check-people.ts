import type { Diagnostic } from '#domain/diagnostic.ts';
import { optionsOf } from '#domain/run/options.ts';
import { closest } from '#domain/runbook/did-you-mean.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import type { Step } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';

import { badValue, type CaseFile, rangeIn, unknownStep } from './case-file.ts';
import type { Act, RehearsalCase } from './rehearsal-case.ts';

/** Verbs that only some steps know; the others steer, and every step knows those. */
const needs = {
  choose: { of: 'a choose', fits: (step: Step) => step.uses === 'choose' },
  answer: { of: 'a form', fits: (step: Step) => step.uses === 'form' },
  done: {
    of: 'a manual step, or of one that writes',
    fits: (step: Step) => step.uses === 'manual' || writes(step),
  },
  approve: { of: 'a step that writes', fits: writes },
  reject: { of: 'a step that writes', fits: writes },
  breakGlass: { of: 'a step that writes', fits: writes },
  confirm: { of: 'incident.resolve', fits: (step: Step) => step.uses === 'incident.resolve' },
} as const;
const VERBS = ['choose', 'answer', 'done', 'approve', 'reject', 'breakGlass', 'confirm'] as const;

/** People act on steps that there are, in ways that those steps know. What must be refused may be odd. */
export function checkPeople(one: CaseFile, { people = [] }: RehearsalCase): readonly Diagnostic[] {
  return people.flatMap((act, index) => {
    const path = ['people', index];
    const step = one.places.get(act.step);
    if (step === undefined) {
      return [unknownStep(one, [[...path, 'step'], 'value'], act.step, [...one.places.keys()])];
    }
    if (act.expect === 'refused') return [];
    const verb = VERBS.find((each) => act[each] !== undefined);
    if (verb !== undefined && !needs[verb].fits(step)) {
      const message = `"${act.step}" is ${step.uses}: ${verb} is an act of ${needs[verb].of}`;
      return [badValue(one, [[...path, verb], 'key'], message)];
    }
    return [...checkOption(one, act, step, index), ...checkGoal(one, act, index)];
  });
}

function writes({ uses }: Step): boolean {
  return kindOf(uses)?.role === 'write';
}

function checkOption(
  one: CaseFile,
  { choose }: Act,
  step: Step,
  index: number,
): readonly Diagnostic[] {
  const options = Object.keys(optionsOf(step));
  if (choose === undefined || options.includes(choose)) return [];
  return [noOption(one, ['people', index, 'choose'], choose, options)];
}

export function noOption(
  one: CaseFile,
  path: readonly (string | number)[],
  option: string,
  options: readonly string[],
): Diagnostic {
  const guess = closest(option, options);
  const hint = guess === null ? `it has: ${options.join(', ')}` : `did you mean "${guess}"?`;
  return badValue(one, [path, 'value'], `there is no option "${option}"`, hint);
}

/** A step of the same runbook, by the id that it has there. */
function checkGoal(one: CaseFile, { step, goto }: Act, index: number): readonly Diagnostic[] {
  const around = step.slice(0, step.lastIndexOf('.') + 1);
  if (goto === undefined || one.places.has(`${around}${goto}`)) return [];
  const candidates = [...one.places.keys()]
    .filter((place) => place.startsWith(around))
    .map((place) => place.slice(around.length))
    .filter((place) => !place.includes('.'));
  return [unknownStep(one, [['people', index, 'goto'], 'value'], goto, candidates)];
}

export function checkUsers(
  one: CaseFile,
  { users = {} }: RehearsalCase,
  { groups }: Settings,
): readonly Diagnostic[] {
  const known = Object.keys(groups);
  return Object.entries(users).flatMap(([user, given]) =>
    given.flatMap((group, index) => {
      if (known.includes(group)) return [];
      const guess = closest(group, known);
      return [
        one.file.source.problem(
          'unknown-group',
          rangeIn(one, ['users', user, index], 'value'),
          `the settings have no group "${group}"`,
          guess === null ? `they have: ${known.join(', ')}` : `did you mean "${guess}"?`,
        ),
      ];
    }),
  );
}
