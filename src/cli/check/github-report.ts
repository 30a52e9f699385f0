import type { CheckedStep, CheckReport } from '#app/check/report.ts';
import { githubAnnotations } from '#cli/lint/github-annotations.ts';
import type { Place } from '#domain/diagnostic.ts';

import { evidenceLines, markOf, measured, whereOf } from './worded.ts';

/** Annotations at the steps of the runbook: a problem is an error, no data a warning or an error. */
export function githubReport(
  report: CheckReport,
  given: { placeOf: (id: string) => Place; inconclusive: 'fail' | 'warn' },
): string {
  const severityOf = ({ verdict }: CheckedStep) =>
    verdict === 'fail' || given.inconclusive === 'fail' ? 'error' : 'warning';
  return githubAnnotations(
    measured(report.steps)
      .filter(({ verdict }) => verdict !== 'pass')
      .map((step) => ({
        ...given.placeOf(step.id),
        severity: severityOf(step),
        rule: `${markOf(step)}: ${step.id}`,
        message: [step.summary, whereOf(step), ...evidenceLines(step)]
          .filter((line) => line !== '')
          .join('\n'),
      })),
  );
}
