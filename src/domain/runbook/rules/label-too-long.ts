import type { Diagnostic } from '#domain/diagnostic.ts';
import { hasTemplate } from '#domain/expressions/template.ts';
import { isJsonObject, type Json } from '#domain/json.ts';
import { LABEL_LIMIT } from '#domain/runbook/kinds/people.ts';
import type { Path } from '#domain/runbook/yaml/yaml-node.ts';

import { atValue, locatedSteps, type Subject } from './rule.ts';

/** What stands on a button fits on a phone. */
export function labelTooLong(subject: Subject): readonly Diagnostic[] {
  return locatedSteps(subject).flatMap(({ step, path }) => {
    const labels: readonly { text: Json | undefined; at: Path }[] = [
      { text: step.uses === 'manual' ? step.with['confirm'] : '', at: ['confirm'] },
      ...optionsOf(step.with['options']),
    ];
    return labels.flatMap(({ text, at }) =>
      typeof text === 'string' && !hasTemplate(text) && text.length > LABEL_LIMIT
        ? [
            subject.file.source.problem(
              'label-too-long',
              atValue(subject.file, [...path, 'with', ...at]),
              `a button has at most ${LABEL_LIMIT} characters, this has ${text.length}`,
            ),
          ]
        : [],
    );
  });
}

function optionsOf(options: Json | undefined) {
  return Object.entries(isJsonObject(options) ? options : {}).map(([id, option]) => ({
    text: isJsonObject(option) ? option['label'] : undefined,
    at: ['options', id, 'label'],
  }));
}
