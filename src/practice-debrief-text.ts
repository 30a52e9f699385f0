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

const names = ['detect', 'acknowledge', 'diagnose', 'mitigate', 'resolve'] as const;

/** What is to be learnt from a practised incident, for a terminal. */
export function debriefLines(debrief: Debrief): string[] {
  const { times, waiting } = debrief;
  const line = ({ seconds, what }: Told) => `${text(seconds).padStart(9)}  ${what}`;
  return [
    'What was found, and when (all times from the fault on):',
    ...orNone(foundIn(debrief).map(line)),
    '',
    'Wrong turns:',
    ...orNone(wrongTurnsIn(debrief).map(line)),
    '',
    `${''.padEnd(24)}${'here'.padStart(10)}${'the report'.padStart(12)}`,
    ...names.map(
      (name) =>
        `  ${milestones[name].padEnd(22)}${text(times[name]).padStart(10)}${text(report[name]).padStart(12)}`,
    ),
    '',
    `Waited for people ${text(waiting.people)}, for machines ${text(waiting.machines)}.`,
    ...waiting.on.map(({ title, seconds }) => line({ seconds, what: title })),
  ];
}

/** The same for the channel, in Slack's markup; what others have written is no markup in there. */
export function debriefMarkup(debrief: Debrief): string {
  const { times, waiting } = debrief;
  const line = ({ seconds, what }: Told) => `• ${text(seconds)} · ${inert(what)}`;
  const waits = waiting.on.map(({ title, seconds }) => line({ seconds, what: title }));
  return [
    '*Debrief of this practice* (times from the fault on)',
    '*Found*',
    ...orNone(foundIn(debrief).map(line)),
    '*Wrong turns*',
    ...orNone(wrongTurnsIn(debrief).map(line)),
    '*How long it took*, and in the report',
    ...names.map((name) => `• ${milestones[name]}: ${text(times[name])} (${text(report[name])})`),
    `*Waited* for people ${text(waiting.people)}, for machines ${text(waiting.machines)}`,
    ...waits,
  ].join('\n');
}

type Told = { seconds: number; what: string };

function foundIn({ found }: Debrief): Told[] {
  return found.map(({ seconds, title, check, finding }) => ({
    seconds,
    what: `${title}${within(check)}: ${finding}`,
  }));
}

function wrongTurnsIn({ wrongTurns }: Debrief): Told[] {
  return wrongTurns.map(({ seconds, who, what, why }) => ({
    seconds,
    what: `${who}: ${what}. ${why}`.replace(/\.?$/, '.'),
  }));
}

function inert(words: string): string {
  const escaped = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.replaceAll(/[*`~]/g, '');
}

/** ` (api.gateway-b.example, tls)` for `gateways[api.gateway-b.example].tls`. */
function within(check: string): string {
  const [, item = '', child] = /^\w+(?:\[(.+)\])?\.(\w+)$/.exec(check) ?? [];
  if (child === undefined) return '';
  return item === '' ? ` (${child})` : ` (${item}, ${child})`;
}

function orNone(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? ['none'] : lines;
}

function text(seconds: number | null): string {
  return seconds === null ? '–' : `${seconds.toFixed(1)} s`;
}
