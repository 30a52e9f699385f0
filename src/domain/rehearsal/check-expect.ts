import type { Diagnostic } from '#domain/diagnostic.ts';
import { optionsOf } from '#domain/run/options.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import type { Step } from '#domain/runbook/runbook.ts';

import { badValue, type CaseFile, topLevel, unknownStep } from './case-file.ts';
import { noOption } from './check-people.ts';
import { forEveryItem } from './mocks.ts';
import type { RehearsalCase } from './rehearsal-case.ts';

/** What is expected is said of steps that there are, and of which it can be true. */
export function checkExpect(one: CaseFile, { expect = {} }: RehearsalCase): readonly Diagnostic[] {
  const { path = [], writes = [], verdicts = {}, recommended = {}, waitingOn } = expect;
  const all = [...one.places.keys()];
  return [
    ...path.flatMap((id, index) => {
      const steps = topLevel(one.places);
      if (steps.includes(id)) return [];
      return [unknownStep(one, [['expect', 'path', index], 'value'], id, steps)];
    }),
    ...writes.flatMap((place, index) => {
      const steps = all.filter((each) => isWrite(one.places.get(each)));
      if (steps.includes(place)) return [];
      const at = [['expect', 'writes', index], 'value'] as const;
      return one.places.has(place)
        ? [badValue(one, at, `"${place}" never writes`)]
        : [unknownStep(one, at, place, steps)];
    }),
    ...Object.keys(verdicts).flatMap((place) => {
      const step = one.places.get(forEveryItem(place));
      const at = [['expect', 'verdicts', place], 'key'] as const;
      if (step !== undefined && !hasVerdict(step)) {
        return [badValue(one, at, `${step.uses} has no verdict`)];
      }
      const judged = all.filter((each) => hasVerdict(one.places.get(each)));
      return step === undefined ? [unknownStep(one, at, place, judged)] : [];
    }),
    ...Object.entries(recommended).flatMap(([place, option]) => {
      const step = one.places.get(place);
      const at = ['expect', 'recommended', place];
      if (step === undefined) {
        const chooses = all.filter((each) => one.places.get(each)?.uses === 'choose');
        return [unknownStep(one, [at, 'key'], place, chooses)];
      }
      const options = Object.keys(optionsOf(step));
      if (option === null || options.includes(option)) return [];
      return [noOption(one, at, option, options)];
    }),
    ...(waitingOn === undefined || waitingOn === 'start' || one.places.has(waitingOn)
      ? []
      : [unknownStep(one, [['expect', 'waitingOn'], 'value'], waitingOn, all)]),
  ];
}

function isWrite(step: Step | undefined): boolean {
  return step !== undefined && kindOf(step.uses)?.role === 'write';
}

function hasVerdict(step: Step | undefined): boolean {
  const kind = step === undefined ? null : kindOf(step.uses);
  return kind?.role === 'read' || kind?.role === 'flow';
}
