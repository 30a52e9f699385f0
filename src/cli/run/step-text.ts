import { oneLine } from '#cli/one-line.ts';
import { spokenDuration } from '#domain/duration.ts';
import type { RunMessage, StepLine, StepMark } from '#ports/chat-messages.ts';

import { styled } from './style.ts';

const words = {
  pending: '',
  running: 'Running',
  waiting: 'Waiting',
  ok: 'OK',
  problem: 'Problem found',
  noData: 'No data',
  done: 'Done',
  skipped: 'Skipped',
  failed: 'Failed',
  unknown: 'Unknown',
  cancelled: 'Cancelled',
} as const satisfies Record<StepMark, string>;

const formats = {
  pending: 'dim',
  running: 'dim',
  waiting: 'dim',
  ok: 'green',
  problem: 'red',
  noData: 'yellow',
  done: 'green',
  skipped: 'dim',
  failed: 'red',
  unknown: 'yellow',
  cancelled: 'dim',
} as const satisfies Record<StepMark, string>;

const unsettled: readonly StepMark[] = ['pending', 'running', 'waiting'];

/**
 * Tells what is new about a run: a line for each step that has come to a result and for each act of a
 * person, none of them twice.
 */
export function createNews(): (message: RunMessage) => string[] {
  const told = new Set<string>();
  const once = (key: string, line: string) => {
    if (told.has(key)) return [];
    told.add(key);
    return [line];
  };
  const newsOf = (step: StepLine, depth: number): string[] => {
    const key = `${depth}/${step.id}`;
    const stamps = step.stamps.flatMap((stamp) => {
      const reason = stamp.reason === null ? '' : `: ${oneLine(stamp.reason)}`;
      const text = `${oneLine(stamp.what)} by ${oneLine(stamp.by.name)}${reason}`;
      return once(
        `${key}/${stamp.at}/${stamp.what}`,
        `${clock(stamp.at)}  ${styled('cyan', '›'.padEnd(13))}  ${text}`,
      );
    });
    const children = step.children.flatMap((child) => newsOf(child, depth + 1));
    if (unsettled.includes(step.mark)) {
      const head = children.length === 0 ? [] : once(`${key}/${step.at}`, stepText(step, depth));
      return [...stamps, ...head, ...children];
    }
    const line = once(`${key}/${step.at}/${step.mark}/${step.text}`, stepText(step, depth));
    return [...stamps, ...line, ...children];
  };
  return (message) => message.steps.flatMap((step) => newsOf(step, 0));
}

export function stepText({ at, mark, title, text }: StepLine, depth: number): string {
  const word = styled(formats[mark], words[mark].padEnd(13));
  const same = text === '' || text === words[mark];
  const finding = same ? '' : `: ${oneLine(text)}`;
  return `${clock(at)}  ${word}  ${'  '.repeat(depth)}${oneLine(title)}${finding}`;
}

/** What goes on now, for the one line that changes. */
export function progressText(message: RunMessage): string {
  const current = message.steps.filter(({ mark }) => mark === 'running');
  const [step] = current;
  if (step === undefined) return 'Working';
  const more = current.length > 1 ? ` and ${current.length - 1} more` : '';
  const text = step.text === '' ? '' : `: ${oneLine(step.text)}`;
  const held = step.holds === null ? '' : `; ${heldText(step.holds)}`;
  return `${oneLine(step.title)}${more}${text}${held}`;
}

function heldText({ seconds, of }: NonNullable<StepLine['holds']>): string {
  return `held ${spokenDuration(seconds * 1_000)} of ${spokenDuration(of * 1_000)}`;
}

function clock(at: string | null): string {
  return at === null ? ' '.repeat(8) : at.slice(11, 19);
}
