import type { CheckedStep, CheckReport } from '#app/check/report.ts';
import { element } from '#cli/xml.ts';
import { xmlText } from '#domain/xml-text.ts';

import { evidenceLines, markOf, whereOf } from './worded.ts';

/**
 * JUnit's XML as CI systems read it: a problem is a failure, no data an error, or only skipped where
 * `--inconclusive warn` lets it pass.
 */
export function junitReport(
  report: CheckReport,
  { inconclusive }: { inconclusive: 'fail' | 'warn' },
): string {
  const { runbook, startedAt, duration } = report;
  const cases = report.steps
    .filter(({ uses }) => uses !== 'parallel' && uses !== 'runbook')
    .map((step) => ({ step, outcome: outcomeOf(step, inconclusive) }));
  const count = (outcome: Outcome) => cases.filter((one) => one.outcome === outcome).length;
  const counts = {
    name: runbook,
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time: duration.toFixed(3),
  };
  const written = cases.map(({ step, outcome }) => `\n${testcase(runbook, step, outcome)}`);
  const suite = element('testsuite', { ...counts, timestamp: startedAt.slice(0, 19) }, [
    `${written.join('')}\n`,
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', counts, [`\n${suite}\n`])}\n`;
}

type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

function outcomeOf({ verdict }: CheckedStep, inconclusive: 'fail' | 'warn'): Outcome {
  switch (verdict) {
    case 'pass':
      return 'passed';
    case 'fail':
      return 'failure';
    case 'inconclusive':
      return inconclusive === 'warn' ? 'skipped' : 'error';
    case null:
      return 'skipped';
    default:
      return verdict satisfies never;
  }
}

function testcase(runbook: string, step: CheckedStep, outcome: Outcome): string {
  const attributes = { name: step.id, classname: runbook, time: step.duration.toFixed(3) };
  if (outcome === 'passed') return element('testcase', attributes);
  const message = `${markOf(step)}: ${step.summary}`;
  const facts = [step.title, whereOf(step), ...evidenceLines(step)].filter((line) => line !== '');
  const given = outcome === 'skipped' ? { message } : { message, type: step.verdict ?? '' };
  const why = element(outcome, given, outcome === 'skipped' ? [] : [xmlText(facts.join('\n'))]);
  return element('testcase', attributes, [why]);
}
