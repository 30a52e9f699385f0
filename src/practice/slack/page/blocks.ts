import { html, raw } from 'hono/html';

import type { Block } from '#practice/slack/blocks/block.ts';
import type { InteractiveElement } from '#practice/slack/blocks/element.ts';
import type { Text } from '#practice/slack/blocks/text.ts';
import type { State } from '#practice/slack/blocks/values.ts';

import { elementHtml, type Html, imageHtml } from './elements.ts';
import { markdown } from './markdown.ts';
import { mrkdwn, plainWithEmoji } from './mrkdwn.ts';
import type { Names } from './names.ts';
import { richText } from './rich-text.ts';

export type BlockContext = {
  names: Names;
  people: readonly { id: string; name: string }[];
  channels: readonly { id: string; name: string }[];
  state: State;
  errors: Readonly<Record<string, string>>;
};

const TASK_MARK = { pending: '○', in_progress: '◔', complete: '✓', error: '✕' } as const;
const TASK_WORD = {
  pending: 'Pending',
  in_progress: 'In progress',
  complete: 'Complete',
  error: 'Error',
} as const;

export function blocksHtml(blocks: readonly Block[], context: BlockContext): Html {
  return html`${blocks.map((block) => blockHtml(block, context))}`;
}

function blockHtml(block: Block, context: BlockContext): Html {
  const { names } = context;
  const id = block.block_id ?? '';
  switch (block.type) {
    case 'section':
      return html`<div class="block section">
        <div class="section-text">
          ${block.text === undefined ? '' : html`<div class="text">${textHtml(block.text, names)}</div>`}
          ${
            block.fields === undefined
              ? ''
              : html`<div class="fields">
                  ${block.fields.map((text) => html`<div class="text">${textHtml(text, names)}</div>`)}
                </div>`
          }
        </div>
        ${
          block.accessory === undefined
            ? ''
            : block.accessory.type === 'image'
              ? imageHtml(block.accessory)
              : element(id, block.accessory, context, block.text?.text ?? '')
        }
      </div>`;
    case 'actions':
    case 'context_actions':
      return html`<div class="block actions">
        ${block.elements.map((one: InteractiveElement) => element(id, one, context, ''))}
      </div>`;
    case 'context':
      return html`<div class="block context">
        ${block.elements.map((one) =>
          one.type === 'image' ? imageHtml(one) : html`<span>${textHtml(one, names)}</span>`,
        )}
      </div>`;
    case 'header':
      return html`<h3 class="block">${raw(plainWithEmoji(block.text.text))}</h3>`;
    case 'divider':
      return html`<hr class="block" />`;
    case 'image':
      return html`<figure class="block">
        ${block.title === undefined ? '' : html`<figcaption>${block.title.text}</figcaption>`}
        ${imageHtml(block)}
      </figure>`;
    case 'input':
      return inputHtml(block, context);
    case 'rich_text':
      return html`<div class="block text">${raw(richText(block, names))}</div>`;
    case 'markdown':
      return html`<div class="block text">${raw(markdown(block.text))}</div>`;
    case 'table':
      return tableHtml(block, names);
    case 'plan':
      return html`<section class="block plan">
        <h3>${block.title}</h3>
        <ol>
          ${(block.tasks ?? []).map((task) => html`<li>${taskHtml(task, names)}</li>`)}
        </ol>
      </section>`;
    case 'task_card':
      return html`<div class="block">${taskHtml(block, names)}</div>`;
    case 'alert':
      return html`<div class="block alert ${block.level ?? 'default'}" role="note">
        ${textHtml(block.text, names)}
      </div>`;
    case 'card':
      return html`<div class="block card">
        ${[block.title, block.subtitle, block.body].map((text) =>
          text === undefined ? '' : html`<div class="text">${textHtml(text, names)}</div>`,
        )}
        <div class="actions">
          ${(block.actions ?? []).map((one) => element(id, one, context, ''))}
        </div>
      </div>`;
    case 'container':
      return html`<details
        class="block container"
        ${block.default_collapsed === true ? '' : raw('open')}
      >
        <summary>
          ${block.title?.text ?? (block.rich_text_title === undefined ? 'Details' : raw(richText(block.rich_text_title, names)))}
        </summary>
        ${blocksHtml(block.child_blocks, context)}
      </details>`;
    default:
      return block satisfies never;
  }
}

export function textHtml(text: Text, names: Names): Html {
  return raw(text.type === 'mrkdwn' ? mrkdwn(text.text, names) : plainWithEmoji(text.text));
}

function element(
  blockId: string,
  one: InteractiveElement,
  context: BlockContext,
  label: string,
): Html {
  const state = context.state[blockId]?.[one.action_id ?? ''];
  const { people, channels } = context;
  return elementHtml(blockId, one, { people, channels, state, label });
}

function inputHtml(block: Extract<Block, { type: 'input' }>, context: BlockContext): Html {
  const id = block.block_id ?? '';
  const error = context.errors[id];
  return html`<div
    class="block input ${error === undefined ? '' : 'wrong'}"
    ${block.dispatch_action === true ? raw('data-dispatch') : ''}
  >
    <div class="label">
      ${block.label.text}
      ${block.optional === true ? html`<span class="optional">(optional)</span>` : ''}
    </div>
    ${element(id, block.element, context, block.label.text)}
    ${block.hint === undefined ? '' : html`<div class="hint">${block.hint.text}</div>`}
    ${error === undefined ? '' : html`<div class="problem" role="alert">${error}</div>`}
  </div>`;
}

function tableHtml(block: Extract<Block, { type: 'table' }>, names: Names): Html {
  const [head = [], ...rows] = block.rows;
  const cell = (one: (typeof head)[number]) =>
    one.type === 'rich_text' ? raw(richText(one, names)) : html`${one.text}`;
  const align = (column: number) => block.column_settings?.[column]?.align ?? 'left';
  return html`<div class="block table-frame">
    <table>
      <thead>
        <tr>
          ${head.map((one, column) => html`<th class="${align(column)}" scope="col">${cell(one)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((one, column) => html`<td class="${align(column)}">${cell(one)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** What a task holds besides its title is folded away, as in Slack. */
function taskHtml(task: Extract<Block, { type: 'task_card' }>, names: Names): Html {
  const said = [task.details, task.output].filter((text) => text !== undefined);
  const title = html`<span class="mark" role="img" aria-label="${TASK_WORD[task.status]}"
      >${TASK_MARK[task.status]}</span
    >
    <span class="task-title">${raw(plainWithEmoji(task.title))}</span>`;
  return said.length === 0
    ? html`<div class="task ${task.status}">${title}</div>`
    : html`<details class="task ${task.status}">
        <summary>${title}</summary>
        ${said.map((text) => html`<div class="task-text">${raw(richText(text, names))}</div>`)}
      </details>`;
}
