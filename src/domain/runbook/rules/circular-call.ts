import { reachable } from './flow-graph.ts';
import {
  atValue,
  fixedText,
  type LibraryRule,
  type LocatedStep,
  locatedSteps,
  type Subject,
} from './rule.ts';

/** A runbook does not call itself, neither directly nor through others: it would never end. */
export const circularCall: LibraryRule = (subjects) => {
  const calls = new Map(
    subjects.map((subject) => [subject.runbook.id, new Set(callsIn(subject).map(({ id }) => id))]),
  );
  return subjects.flatMap((subject) => {
    const { runbook, file } = subject;
    return callsIn(subject)
      .filter(({ id }) => id === runbook.id || reachable(calls, id).has(runbook.id))
      .map(({ id, path }) => {
        const message =
          id === runbook.id
            ? 'this runbook calls itself'
            : `${id} calls this runbook again: neither would ever end`;
        return file.source.problem('endless-loop', atValue(file, [...path, 'with', 'id']), message);
      });
  });
};

function callsIn(subject: Subject): readonly (LocatedStep & { id: string })[] {
  return locatedSteps(subject).flatMap((located) => {
    const id = located.step.uses === 'runbook' ? fixedText(located.step.with['id']) : null;
    return id === null ? [] : [{ ...located, id }];
  });
}
