import type { Debrief } from '#domain/timeline/debrief/debrief.ts';

/** When it was in the report's incident, in seconds from the deploy; null where the report does not say. */
const report = {
  detect: 0,
  acknowledge: null,
  diagnose: 360,
  mitigate: 720,
  resolve: 780,
} as const;

const milestones = {
  detect: 'declared',
  acknowledge: 'first act of a person',
  diagnose: 'first choice',
  mitigate: 'first healthy sample',
  resolve: 'resolved',
} as const;

/** What is to be learnt from a practised incident, for a terminal and for its channel. */
export function debriefLines(debrief: Debrief): string[] {
  const { found, wrongTurns, times, waiting } = debrief;
  const names = ['detect', 'acknowledge', 'diagnose', 'mitigate', 'resolve'] as const;
  return [
    'What was found, and when (all times from the fault on):',
    ...orNothing(
      found.map(({ seconds, title, check, finding }) =>
        at(seconds, `${title}${within(check)}: ${finding}`),
      ),
    ),
    '',
    'Wrong turns:',
    ...orNothing(
      wrongTurns.map(({ seconds, who, what, why }) => at(seconds, `${who}: ${what}. ${why}.`)),
    ),
    '',
    `${''.padEnd(24)}${'here'.padStart(10)}${'the report'.padStart(12)}`,
    ...names.map(
      (name) => `  ${milestones[name].padEnd(22)}${cell(times[name], 10)}${cell(report[name], 12)}`,
    ),
    '',
    `Waited for people ${text(waiting.people)}, for machines ${text(waiting.machines)}.`,
    ...waiting.on.map(({ title, seconds }) => at(seconds, title)),
  ];
}

/** ` (api.gateway-b.example, tls)` for `gateways[api.gateway-b.example].tls`. */
function within(check: string): string {
  const [, item = '', child] = /^\w+(?:\[(.+)\])?\.(\w+)$/.exec(check) ?? [];
  if (child === undefined) return '';
  return item === '' ? ` (${child})` : ` (${item}, ${child})`;
}

function orNothing(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? ['     none'] : lines;
}

function at(seconds: number, what: string): string {
  return `${text(seconds).padStart(9)}  ${what.replace(/\.\.$/, '.')}`;
}

function cell(seconds: number | null, width: number): string {
  return text(seconds).padStart(width);
}

function text(seconds: number | null): string {
  return seconds === null ? '–' : `${seconds.toFixed(1)} s`;
}
