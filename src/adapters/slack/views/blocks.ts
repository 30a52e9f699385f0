import type { types } from '@slack/bolt';

import { LIMITS } from '#adapters/slack/limits.ts';
import { plainText } from '#adapters/slack/mrkdwn.ts';
import type { Button } from '#ports/chat-messages.ts';

/** What a view draws. `text` is the fallback for notifications and screen readers. */
export type SlackMessage = { text: string; blocks: types.KnownBlock[] };

/** Presses of controls come back under this prefix; a number makes each unique in its message. */
export const CONTROL_PREFIX = 'control:';

/** Confirm dialogs count towards a message's text: many buttons share this much. */
const ALL_CONFIRM_TEXTS = 1_200;

/**
 * `text` is encoded mrkdwn that its view has kept under 3,000 characters. `verbatim` stops Slack
 * from turning bare URLs and @names of foreign text into links and mentions.
 */
export function section(text: string): types.SectionBlock {
  return {
    type: 'section',
    text: { type: 'mrkdwn', text: text === '' ? ' ' : text, verbatim: true },
  };
}

/** Small print; `text` as in `section`. */
export function context(text: string): types.ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] };
}

export function plainElement(text: string, max: number): types.PlainTextElement {
  return { type: 'plain_text', text: plainText(text, max) || '…', emoji: false };
}

/**
 * Rows of buttons whose presses bring back the control's id. `from` keeps action ids unique where a
 * message has several groups of buttons.
 */
export function controls(
  buttons: readonly Button[],
  from: number,
  max: number,
): types.ActionsBlock[] {
  const shown = buttons
    .filter((button) => button.control !== '' && button.control.length <= LIMITS.buttonValue)
    .slice(0, max);
  const confirmText = Math.min(LIMITS.confirmText, Math.floor(ALL_CONFIRM_TEXTS / shown.length));
  const elements = shown.map((button, at) => controlButton(button, from + at, confirmText));

  const rows: types.ActionsBlock[] = [];
  for (let at = 0; at < elements.length; at += LIMITS.buttonsInRow) {
    rows.push({ type: 'actions', elements: elements.slice(at, at + LIMITS.buttonsInRow) });
  }
  return rows;
}

function controlButton(button: Button, index: number, confirmText: number): types.Button {
  const { label, style, confirm, control } = button;
  return {
    type: 'button',
    action_id: `${CONTROL_PREFIX}${index}`,
    value: control,
    text: plainElement(label, LIMITS.buttonLabel),
    ...(style === null ? {} : { style }),
    ...(confirm === null
      ? {}
      : {
          confirm: {
            title: plainElement(confirm.title, LIMITS.confirmTitle),
            text: plainElement(confirm.text, confirmText),
            confirm: plainElement(confirm.confirm, LIMITS.confirmButton),
            deny: plainElement(confirm.deny, LIMITS.confirmButton),
            ...(style === null ? {} : { style }),
          },
        }),
  };
}

/**
 * A message within Slack's limits. What is in `head` and `tail` stays; of `middle` the first, oldest
 * blocks give way, and a line says so. A view keeps `head` and `tail` together under half the limits.
 */
export function fit(
  head: readonly types.KnownBlock[],
  middle: readonly types.KnownBlock[],
  tail: readonly types.KnownBlock[],
): types.KnownBlock[] {
  const notice = context('_Earlier steps are on the timeline._');
  const fixed = textLength([...head, ...tail]);
  const roomForBlocks = LIMITS.messageBlocks - head.length - tail.length - 1;
  let room = LIMITS.messageText - fixed - textLength([notice]);

  const kept: types.KnownBlock[] = [];
  for (const block of middle.toReversed()) {
    const size = textLength([block]);
    if (size > room || kept.length >= roomForBlocks) return [...head, notice, ...kept, ...tail];
    room -= size;
    kept.unshift(block);
  }
  return [...head, ...kept, ...tail];
}

/** Characters of all that is drawn, as Slack counts them towards `msg_blocks_too_long`. */
export function textLength(blocks: readonly unknown[]): number {
  let sum = 0;
  JSON.stringify(blocks, (key, value: unknown) => {
    const isText = key === 'text' || key === 'title' || key === 'alt_text';
    if (isText && typeof value === 'string') sum += value.length;
    return value;
  });
  return sum;
}

export function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}
