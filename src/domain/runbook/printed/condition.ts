import { codeSpan } from '#domain/runbook/markdown-code.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';

const WORDS: Readonly<Record<string, string>> = {
  '>': 'is above',
  '>=': 'is at least',
  '<': 'is below',
  '<=': 'is at most',
  '==': 'is',
  '!=': 'is not',
};

const VERDICTS: Readonly<Record<string, string>> = {
  '== "pass"': 'is OK',
  '== "fail"': 'found a problem',
  '== "inconclusive"': 'has no data',
  '!= "pass"': 'is not OK',
  '!= "fail"': 'found no problem',
};

/**
 * A condition as a part of a sentence: plain comparisons and verdicts in words, also several of them
 * that must all hold; anything else as it is.
 */
export function condition(cel: string, runbook: Runbook): string {
  const parts = cel.split(' && ').map((part) => inWords(part.trim(), runbook));
  return parts.includes(null) ? codeSpan(cel) : parts.join(' and ');
}

function inWords(cel: string, { steps }: Runbook): string | null {
  const compared = /^result\.(\w+) (>=|<=|==|!=|>|<) (-?\d+(?:\.\d+)?|duration\("(\w+)"\))$/.exec(
    cel,
  );
  if (compared !== null) {
    const [, name = '', operator = '', number = '', duration] = compared;
    return `the ${subjectOf(name)} ${WORDS[operator]} **${duration ?? withPercent(number)}**`;
  }
  const [, present] = /^has\(result\.(\w+)\)$/.exec(cel) ?? [];
  if (present !== undefined) return `there is a ${subjectOf(present)}`;
  const [, id, verdict = ''] = /^steps\.(\w+)\.verdict ([=!]= "\w+")$/.exec(cel) ?? [];
  const index = steps.findIndex((step) => step.id === id);
  const words = VERDICTS[verdict];
  return index === -1 || words === undefined ? null : `[step ${index + 1}](#step-${id}) ${words}`;
}

function subjectOf(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

/** Ratios are easier to compare with a dashboard as percentages. */
function withPercent(number: string): string {
  const value = Number(number);
  const plain = String(value);
  return value > 0 && value < 1 ? `${plain} (${Number((value * 100).toPrecision(12))} %)` : plain;
}
