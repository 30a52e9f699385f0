import { atValue, type SettingsRule } from './rule.ts';
import { oncePerStep, writesIn } from './writes-in.ts';

/** Every write has a policy wherever it may run; one that has none is refused. */
export const writeWithoutPolicy: SettingsRule = (subject) => {
  const { file } = subject;
  const without = writesIn(subject).filter(({ policy }) => policy === null);
  return oncePerStep(without).map(({ step, path, environment }) =>
    file.source.problem(
      'write-without-policy',
      atValue(file, [...path, 'uses']),
      `no approval policy matches ${step.uses} in ${environment}: it would be refused`,
      'the owners of the settings add one to approvals',
    ),
  );
};
