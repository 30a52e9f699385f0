import { html, raw } from 'hono/html';

import type { Block } from '#practice/slack/blocks/block.ts';

import type { Html } from './html.ts';
import type { Names } from './names.ts';
import { richText } from './rich-text.ts';

type Table = Extract<Block, { type: 'table' }>;

/**
 * Its first row is its head, and its columns wrap only where they say so, as in Slack. It can be
 * scrolled sideways, by keyboard too.
 */
export function tableHtml(block: Table, names: Names): Html {
  const [head = [], ...rows] = block.rows;
  const cell = (one: (typeof head)[number]) =>
    one.type === 'rich_text' ? raw(richText(one, names)) : html`${one.text}`;
  const kind = (column: number) => {
    const settings = block.column_settings?.[column];
    return `${settings?.align ?? 'left'}${settings?.is_wrapped === true ? '' : ' unwrapped'}`;
  };
  return html`<div class="block table-frame" tabindex="0" role="region" aria-label="Table">
    <table>
      <thead>
        <tr>
          ${head.map((one, column) => html`<th class="${kind(column)}" scope="col">${cell(one)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((one, column) => html`<td class="${kind(column)}">${cell(one)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
