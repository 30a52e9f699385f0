import type { Diagnostic } from '#domain/diagnostic.ts';
import { compile, membersRead } from '#domain/expressions/compile.ts';
import { expressionsIn } from '#domain/expressions/references.ts';

import { atValue, fixedText, locatedSteps, type SettingsRule } from './rule.ts';
import { untrustedInputs } from './untrusted-text.ts';

/**
 * The inputs that a metric of the settings writes into its query are inputs of the runbook that asks
 * for it, and no alert can put just anything into them.
 */
export const metricInputs: SettingsRule = (subject) => {
  const { file, runbook, settings } = subject;
  const untrusted = untrustedInputs(runbook);
  return locatedSteps(subject).flatMap(({ step, path }): readonly Diagnostic[] => {
    const metric = fixedText(step.with['metric']);
    const service = settings.services[fixedText(step.with['service']) ?? runbook.service];
    if (metric === null || step.repeats !== null || service === undefined) return [];
    if (!Object.hasOwn(service.metrics, metric)) return [];

    const { query = '', traffic = null } = service.metrics[metric] ?? {};
    const read = new Set([query, traffic?.query ?? ''].flatMap(inputsRead));
    const at = atValue(file, [...path, 'with', 'metric']);
    return [...read].flatMap((input) => {
      if (!Object.hasOwn(runbook.inputs, input)) {
        const message = `the metric "${metric}" reads inputs.${input}, and this runbook has no such input`;
        return [file.source.problem('type-mismatch', at, message)];
      }
      if (!untrusted.has(input)) return [];
      const message = `the query of "${metric}" reads inputs.${input}, which comes from an alert`;
      const hint = `give inputs.${input} an \`enum\` or a \`pattern\``;
      return [file.source.problem('untrusted-text', at, message, hint)];
    });
  });
};

function inputsRead(query: string): readonly string[] {
  return expressionsIn(query).flatMap((expression) => {
    const compilation = compile(expression);
    return compilation.ok ? (membersRead(compilation.compiled.root, 'inputs') ?? []) : [];
  });
}
