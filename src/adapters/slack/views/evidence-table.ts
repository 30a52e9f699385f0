import type { types } from '@slack/bolt';

import { plainText } from '#adapters/slack/mrkdwn.ts';
import type { StepLine } from '#ports/chat-messages.ts';

import { MARKS } from './marks.ts';

/** More rows are no table that anybody reads on a phone. */
const MOST_ROWS = 8;

type Cell = types.RichTextBlock | types.RawTextElement;

/** What the checks found, a row each. Slack takes one table a message. */
export function evidenceTable(evidence: readonly StepLine[]): types.TableBlock {
  return {
    type: 'table',
    column_settings: [{ is_wrapped: true }, { is_wrapped: false }, { is_wrapped: true }],
    rows: [
      [bold('Check'), bold('Result'), bold('Found')],
      ...evidence.map((line): Cell[] => [cell(line.title, 80), result(line), cell(line.text, 140)]),
    ],
  };
}

/** What has room in the table: problems, and of the rest the newest. */
export function shownEvidence(evidence: readonly StepLine[]): readonly StepLine[] {
  if (evidence.length <= MOST_ROWS) return evidence;
  const byInterest = evidence.toReversed().toSorted((a, b) => Number(isOk(a)) - Number(isOk(b)));
  const kept = new Set(byInterest.slice(0, MOST_ROWS));
  return evidence.filter((line) => kept.has(line));
}

function isOk({ mark }: StepLine): boolean {
  return mark === 'ok';
}

/** Old evidence says from when it is, in the reader's own time. */
function result({ mark, stale, at }: StepLine): Cell {
  const [sign, word] = MARKS[mark];
  if (!stale) return cell(`${sign} ${word}`, 40);
  const seconds = at === null ? Number.NaN : Math.floor(Date.parse(at) / 1_000);
  const was: types.RichTextElement = { type: 'text', text: `🕓 was ${word}` };
  if (Number.isNaN(seconds)) return rich([was]);
  const fallback = `${new Date(seconds * 1_000).toISOString().slice(11, 16)} UTC`;
  return rich([
    { type: 'text', text: `🕓 was ${word}, ` },
    { type: 'date', timestamp: seconds, format: '{time}', fallback },
  ]);
}

/** Slack refuses an empty cell. */
function cell(text: string, max: number): types.RawTextElement {
  return { type: 'raw_text', text: plainText(text.replaceAll(/\s+/g, ' ').trim(), max) || '–' };
}

function bold(text: string): types.RichTextBlock {
  return rich([{ type: 'text', text, style: { bold: true } }]);
}

function rich(elements: types.RichTextElement[]): types.RichTextBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}
