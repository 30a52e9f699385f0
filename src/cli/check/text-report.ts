import { styleText } from 'node:util';

import type { CheckedStep, CheckReport } from '#app/check/report.ts';
import { oneLine } from '#cli/one-line.ts';

import { evidenceLines, markOf, measured, whereOf } from './worded.ts';

/** A table of all steps, the evidence of what is not OK, and the verdict last, where one looks first. */
export function textReport(report: CheckReport, { colored }: { colored: boolean }): string {
  const paint = (text: string, mark: string) =>
    colored ? styleText(colors[mark] ?? 'dim', text, { validateStream: false }) : text;
  const width = Math.max(0, ...report.steps.map(({ id }) => oneLine(id).length));

  const rows = report.steps.map((step) => {
    const mark = markOf(step);
    const where = whereOf(step);
    const found = oneLine(step.summary);
    const shown = where === '' || found.includes(where) ? found : `${found} · ${oneLine(where)}`;
    return `${paint(mark.padEnd(markWidth), mark)}  ${oneLine(step.id).padEnd(width)}  ${shown}`;
  });
  const details = measured(report.steps)
    .filter(({ verdict }) => verdict !== 'pass')
    .flatMap((step) =>
      detailsOf(step).map((line, index) => (index === 0 ? `\n${paint(line, markOf(step))}` : line)),
    );
  const verdict = markOf({ verdict: report.verdict, evidence: null });
  return [
    ...rows,
    ...details,
    '',
    `${paint(verdict, verdict)}: ${report.runbook}, ${countsOf(report)} in ${report.duration.toFixed(1)} s`,
  ].join('\n');
}

const markWidth = 'Problem found'.length;
const colors: Readonly<Record<string, 'green' | 'red' | 'yellow'>> = {
  OK: 'green',
  'Problem found': 'red',
  'No data': 'yellow',
};

function detailsOf(step: CheckedStep): readonly string[] {
  const { id, title, summary } = step;
  // A nested step without a title is called by its id.
  const about = id.endsWith(title) ? [summary] : [title, summary];
  const lines = [...about, ...evidenceLines(step)].map((line) => `    ${oneLine(line)}`);
  return [`${markOf(step)}: ${oneLine(id)}`, ...lines];
}

function countsOf({ steps }: Pick<CheckReport, 'steps'>): string {
  const checks = measured(steps);
  const count = (verdict: CheckedStep['verdict']) =>
    checks.filter((step) => step.verdict === verdict).length;
  const left = steps.filter(({ verdict }) => verdict === null).length;
  return [
    `${checks.length} ${checks.length === 1 ? 'check' : 'checks'}: ${count('pass')} OK`,
    `${count('fail')} with a problem`,
    `${count('inconclusive')} without data`,
    ...(left > 0 ? [`${left} left out`] : []),
  ].join(', ');
}
