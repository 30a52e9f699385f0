import { exitCodes } from '#cli/exit-codes.ts';
import { print, tellProblem } from '#cli/output.ts';
import { wrapped } from '#cli/wrapped.ts';
import { closest } from '#domain/runbook/did-you-mean.ts';
import { documentation } from '#domain/runbook/documentation/documentation.ts';
import { isRuleId, RULE_IDS } from '#domain/runbook/rule-id.ts';

/** One rule with its examples, or all of them in a line each. */
export function explain(rule: string | undefined): number {
  if (rule === undefined) {
    const width = Math.max(...RULE_IDS.map(({ length }) => length));
    for (const [id, { severity, why }] of Object.entries(documentation)) {
      print(`${id.padEnd(width)}  ${severity.padEnd(7)}  ${wrapped(why, width + 11)}`);
    }
    return exitCodes.ok;
  }
  if (!isRuleId(rule)) {
    const guess = closest(rule, RULE_IDS);
    const hint = guess === null ? 'handrail explain lists them.' : `Did you mean "${guess}"?`;
    tellProblem(`There is no rule "${rule}". ${hint}`);
    return exitCodes.usage;
  }
  const { severity, why, wrong, right } = documentation[rule];
  print(
    `${rule} (${severity})\n\n${wrapped(why)}\n\nWrong:\n\n${indented(wrong)}\n\nRight:\n\n${indented(right)}`,
  );
  return exitCodes.ok;
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
