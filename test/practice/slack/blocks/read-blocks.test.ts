import { describe, expect, it } from 'vitest';

import { readBlocks, type Surface } from '#practice/slack/blocks/read-blocks.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const button = (over: object = {}) => ({ type: 'button', text: plain('Go'), ...over });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const option = (text: string) => ({ text: plain(text), value: text });
const select = (over: object) => ({ type: 'static_select', ...over });
const input = { type: 'input', label: plain('L'), element: { type: 'plain_text_input' } };

function problems(blocks: readonly object[], surface: Surface = 'message'): string {
  const read = readBlocks(blocks, surface);
  return read.ok ? '' : read.messages.join('\n');
}

describe('blocks', () => {
  const refused: readonly [what: string, blocks: readonly object[], message: RegExp][] = [
    ['an unknown type', [{ type: 'sectoin' }], /unsupported type: sectoin.*\/blocks\/0/],
    ['an unknown property', [{ type: 'divider', colour: 'red' }], /additional property: colour/],
    ['more than 50', Array.from({ length: 51 }, () => ({ type: 'divider' })), /more than 50 items/],
    ['a section of 3,001', [section('x'.repeat(3001))], /less than 3001.*\/blocks\/0\/text\/text/],
    ['a section of nothing', [{ type: 'section' }], /must have text or fields/],
    ['11 fields', [{ type: 'section', fields: Array(11).fill(plain('x')) }], /more than 10/],
    [
      'a field of 2,001',
      [{ type: 'section', fields: [plain('x'.repeat(2001))] }],
      /less than 2001/,
    ],
    ['a header of 151', [{ type: 'header', text: plain('x'.repeat(151)) }], /less than 151/],
    ['26 elements', [actions(...Array(26).fill(button()))], /more than 25/],
    ['a button of 76', [actions(button({ text: plain('x'.repeat(76)) }))], /less than 76/],
    ['a value of 2,001', [actions(button({ value: 'x'.repeat(2001) }))], /less than 2001/],
    [
      'mrkdwn on a button',
      [actions(button({ text: { type: 'mrkdwn', text: 'x' } }))],
      /plain_text/,
    ],
    [
      'a confirm title of 101',
      [actions(button({ confirm: { title: plain('x'.repeat(101)), text: plain('x') } }))],
      /less than 101/,
    ],
    [
      'a confirm text of 301',
      [actions(button({ confirm: { text: plain('x'.repeat(301)) } }))],
      /less than 301/,
    ],
    [
      'a confirm button of 31',
      [actions(button({ confirm: { text: plain('x'), confirm: plain('x'.repeat(31)) } }))],
      /less than 31/,
    ],
    ['an option of 76', [actions(select({ options: [option('x'.repeat(76))] }))], /less than 76/],
    ['101 options', [actions(select({ options: Array(101).fill(option('x')) }))], /more than 100/],
    ['a select without options', [actions(select({}))], /options or option_groups/],
    ['an empty text', [section('')], /\/blocks\/0\/text\/text/],
    ['an input in a message', [input], /input is not allowed in a message/],
    ['an alert in a message', [{ type: 'alert', text: plain('x') }], /alert is not allowed/],
    [
      'a block_id twice',
      [
        { type: 'divider', block_id: 'a' },
        { type: 'divider', block_id: 'a' },
      ],
      /"block_id" a already exists/,
    ],
    [
      'an action_id twice in a block',
      [actions(button({ action_id: 'a' }), button({ action_id: 'a' }))],
      /"action_id" a already exists/,
    ],
    [
      'markdown over 12,000 in all',
      [0, 1].map(() => ({ type: 'markdown', text: 'x'.repeat(6001) })),
      /less than 12001/,
    ],
  ];
  it.each(refused)('are refused for %s', (_what, blocks, message) => {
    expect(problems(blocks)).toMatch(message);
  });

  it('may repeat an action_id in another block', () => {
    expect(
      problems([actions(button({ action_id: 'a' })), actions(button({ action_id: 'a' }))]),
    ).toBe('');
  });

  it('may hold inputs and an alert in a modal', () => {
    expect(problems([input, { type: 'alert', text: plain('x') }], 'modal')).toBe('');
  });

  it('get the ids they came without, and keep the others', () => {
    const read = readBlocks(
      [actions(button(), button({ action_id: 'mine' })), { type: 'divider', block_id: 'b1' }],
      'message',
    );

    expect(read).toMatchObject({
      ok: true,
      blocks: [
        { block_id: 'b2', elements: [{ action_id: 'a1' }, { action_id: 'mine' }] },
        { block_id: 'b1' },
      ],
    });
  });
});
