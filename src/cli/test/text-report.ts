import { oneLine } from '#cli/one-line.ts';
import { formatDuration } from '#domain/duration.ts';
import { excerpt } from '#domain/runbook/format-diagnostics.ts';

import {
  type CaseFailure,
  type PlayedCase,
  type RunbookCoverage,
  sideText,
  type TestReport,
} from './test-report.ts';

export type Paint = (style: 'red' | 'green' | 'bold' | 'dim', text: string) => string;

/** For a terminal: the cases that failed, what is not covered, and a summary; nothing of what passed. */
export function textReport(
  { cases, coverage, files, durationMs }: TestReport,
  { textOf, paint }: { textOf: (file: string) => string | null; paint: Paint },
): string {
  const failed = cases.filter(({ failures }) => failures.length > 0);
  const passed = cases.length - failed.length;
  const summary = [
    ...(failed.length === 0 ? [] : [paint('red', `${failed.length} failed`)]),
    paint('green', `${passed} passed`),
    `${cases.length} case${cases.length === 1 ? '' : 's'} in ${files} file${files === 1 ? '' : 's'}`,
    `${(durationMs / 1_000).toFixed(2)} s`,
  ].join(', ');
  return [
    ...failed.map((one) => caseLines(one, textOf, paint).join('\n')),
    ...(coverage.length === 0 ? [] : [coverageLines(coverage, paint).join('\n')]),
    summary,
  ].join('\n\n');
}

function caseLines(
  one: PlayedCase,
  textOf: (file: string) => string | null,
  paint: Paint,
): readonly string[] {
  const title = one.runbook === '' ? oneLine(one.name) : `${one.runbook} › ${oneLine(one.name)}`;
  return [
    `${paint('red', 'FAILED')}  ${paint('bold', title)}`,
    ...one.failures.flatMap((failure) => ['', ...failureLines(failure, textOf, paint)]),
    ...pathLines(one, paint),
  ];
}

function failureLines(
  failure: CaseFailure,
  textOf: (file: string) => string | null,
  paint: Paint,
): readonly string[] {
  const { file, line, column, rule, message, hint } = failure;
  const what = oneLine(rule === null ? message : `${rule}: ${message}`);
  return [
    `  ${file}:${line}:${column}: ${what}`,
    ...excerpt(failure, textOf(file)).map((each) => `  ${paint('dim', each)}`),
    ...(rule === null ? sideLines(failure, paint) : []),
    ...(hint === null ? [] : [`    ${oneLine(hint)}`]),
  ];
}

function sideLines({ expected, actual }: CaseFailure, paint: Paint): readonly string[] {
  const shared = sharedSteps(expected, actual);
  return [
    `    expected  ${paint('green', sideFrom(expected, shared))}`,
    `    happened  ${paint('red', sideFrom(actual, shared))}`,
  ];
}

/** How many steps two lists begin with alike. */
function sharedSteps(one: unknown, other: unknown): number {
  if (!Array.isArray(one) || !Array.isArray(other)) return 0;
  const differs = one.findIndex((each, index) => each !== other[index]);
  return differs === -1 ? one.length : differs;
}

/** From the last step that is the same on both sides. */
function sideFrom(value: CaseFailure['expected'], shared: number): string {
  if (!Array.isArray(value) || shared < 2) return oneLine(sideText(value));
  const rest = value.slice(shared - 1);
  return `… → ${sideText(rest)}${rest.length === 1 ? ', and no further' : ''}`;
}

const WIDTH = 100;

/** The path that was taken, each visit with its outcome, and how it ended. */
function pathLines(one: PlayedCase, paint: Paint): readonly string[] {
  if (one.ended === null) return [];
  const visits = one.visits.map(
    ({ step, outcome }) => `${step} ${paint('dim', `(${outcome ?? 'not ended'})`)}`,
  );
  const widths = one.visits.map(
    ({ step, outcome }) => `${step} (${outcome ?? 'not ended'})`.length,
  );
  const lines = [''];
  let width = 0;
  for (const [index, visit] of visits.entries()) {
    const arrow = index === 0 ? '' : ' → ';
    const wraps = width + arrow.length + (widths[index] ?? 0) > WIDTH;
    if (wraps) lines.push('');
    width = (wraps ? 0 : width) + arrow.length + (widths[index] ?? 0);
    lines[lines.length - 1] += `${wraps ? arrow.trimStart() : arrow}${visit}`;
  }
  const [first = '', ...others] = lines;
  return [
    '',
    `    path      ${first}`,
    ...others.map((line) => `              ${line}`),
    `    ended     ${one.ended}, after ${formatDuration(one.elapsedMs)}`,
  ];
}

function coverageLines(coverage: readonly RunbookCoverage[], paint: Paint): readonly string[] {
  const width = Math.max(...coverage.map(({ runbook }) => runbook.length), 'covered'.length);
  const row = (name: string, steps: string, routes: string) =>
    `${name.padEnd(width)}  ${steps.padStart(7)}  ${routes.padStart(7)}`;
  return [
    paint('bold', row('covered', 'steps', 'routes')),
    ...coverage.map(({ runbook, steps, routes }) =>
      row(runbook, fraction(steps), fraction(routes)),
    ),
    ...coverage.flatMap(({ missed }) =>
      missed.map(
        ({ file, line, column, kind, name }) =>
          `${file}:${line}:${column}: no case goes through the ${kind} ${name}`,
      ),
    ),
  ];
}

function fraction({ covered, total }: RunbookCoverage['steps']): string {
  return `${covered}/${total}`;
}
