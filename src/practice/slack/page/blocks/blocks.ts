import { html, raw } from 'hono/html';

import type { Block } from '#practice/slack/blocks/block.ts';
import type { InteractiveElement } from '#practice/slack/blocks/element.ts';
import type { State } from '#practice/slack/blocks/values.ts';

import { domId } from './dom-id.ts';
import { elementHtml } from './elements.ts';
import type { Html } from './html.ts';
import { imageHtml } from './image.ts';
import { markdown } from './markdown.ts';
import { plainWithEmoji } from './mrkdwn.ts';
import type { Names } from './names.ts';
import { richText } from './rich-text.ts';
import { tableHtml } from './table.ts';
import { planHtml, taskHtml } from './task-cards.ts';
import { textHtml } from './text.ts';

export type BlockContext = {
  names: Names;
  people: readonly { id: string; name: string }[];
  channels: readonly { id: string; name: string }[];
  state: State;
  errors: Readonly<Record<string, string>>;
  /** Of the message or view they are in: begins the ids of what is in it. */
  id: string;
};

export function blocksHtml(blocks: readonly Block[], context: BlockContext): Html {
  return html`${blocks.map((block) => blockHtml(block, context))}`;
}

function blockHtml(block: Block, context: BlockContext): Html {
  const { names } = context;
  switch (block.type) {
    case 'section':
      return sectionHtml(block, context);
    case 'actions':
    case 'context_actions':
      return html`<div class="block actions">
        ${block.elements.map((one: InteractiveElement) => placed(block, one, context))}
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
        ${block.title === undefined ? '' : html`<figcaption>${textHtml(block.title, names)}</figcaption>`}
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
      return planHtml(block, context);
    case 'task_card':
      return html`<div class="block plan">${taskHtml(block, context)}</div>`;
    case 'alert':
      return html`<div class="block alert ${block.level ?? 'default'}" role="note">
        ${textHtml(block.text, names)}
      </div>`;
    case 'card':
      return cardHtml(block, context);
    case 'container':
      return containerHtml(block, context);
    default:
      return block satisfies never;
  }
}

function sectionHtml(block: Extract<Block, { type: 'section' }>, context: BlockContext): Html {
  const { text, fields, accessory } = block;
  return html`<div class="block section">
    <div class="section-text">
      ${text === undefined ? '' : html`<div class="text">${textHtml(text, context.names)}</div>`}
      ${
        fields === undefined
          ? ''
          : html`<div class="fields">
              ${fields.map((field) => html`<div class="text">${textHtml(field, context.names)}</div>`)}
            </div>`
      }
    </div>
    ${
      accessory === undefined
        ? ''
        : html`<div class="accessory">
            ${
              accessory.type === 'image'
                ? imageHtml(accessory)
                : placed(block, accessory, context, {
                    label: text?.text.replaceAll(/[*_~`]/g, '') ?? '',
                  })
            }
          </div>`
    }
  </div>`;
}

function inputHtml(block: Extract<Block, { type: 'input' }>, context: BlockContext): Html {
  const error = context.errors[block.block_id ?? ''];
  const id = domId(context.id, block.block_id ?? '');
  const said = [
    ...(block.hint === undefined ? [] : [`${id}-hint`]),
    ...(error === undefined ? [] : [`${id}-problem`]),
  ];
  return html`<div
    class="block input ${error === undefined ? '' : 'wrong'}"
    ${block.dispatch_action === true ? raw('data-dispatch') : ''}
  >
    ${labelHtml(block, domId(id, block.element.action_id ?? ''))}
    ${placed(block, block.element, context, {
      label: block.label.text,
      required: block.optional !== true,
      describedBy: said.length === 0 ? null : said.join(' '),
    })}
    ${block.hint === undefined ? '' : html`<div class="hint" id="${id}-hint">${raw(plainWithEmoji(block.hint.text))}</div>`}
    ${error === undefined ? '' : html`<div class="problem" id="${id}-problem" role="alert">${error}</div>`}
  </div>`;
}

/** What is one field has a label; a list of choices is a group with its name. */
function labelHtml(block: Extract<Block, { type: 'input' }>, field: string): Html {
  const words = html`${raw(plainWithEmoji(block.label.text))}
  ${block.optional === true ? html`<span class="optional">(optional)</span>` : ''}`;
  const { type } = block.element;
  return type === 'checkboxes' || type === 'radio_buttons' || type.startsWith('multi_')
    ? html`<div class="label" aria-hidden="true">${words}</div>`
    : html`<label class="label" for="${field}">${words}</label>`;
}

function cardHtml(block: Extract<Block, { type: 'card' }>, context: BlockContext): Html {
  const line = (text: typeof block.body, name: string) =>
    text === undefined
      ? ''
      : html`<div class="text ${name}">${textHtml(text, context.names)}</div>`;
  return html`<div class="block card">
    ${block.hero_image === undefined ? '' : imageHtml(block.hero_image)}
    ${block.icon === undefined ? '' : html`<div class="card-icon">${imageHtml(block.icon)}</div>`}
    ${line(block.title, 'card-title')} ${line(block.subtitle, 'card-subtitle')}
    ${line(block.body, '')}
    ${
      block.actions === undefined
        ? ''
        : html`<div class="actions">
            ${block.actions.map((one) => placed(block, one, context))}
          </div>`
    }
  </div>`;
}

function containerHtml(block: Extract<Block, { type: 'container' }>, context: BlockContext): Html {
  const title =
    block.rich_text_title === undefined
      ? html`${raw(plainWithEmoji(block.title?.text ?? 'Details'))}`
      : raw(richText(block.rich_text_title, context.names));
  return html`<details
    class="block container"
    id="${domId(context.id, block.block_id ?? '')}"
    ${block.default_collapsed === true ? '' : raw('open')}
  >
    <summary>
      ${title}
      ${block.subtitle === undefined ? '' : html`<small>${textHtml(block.subtitle, context.names)}</small>`}
    </summary>
    ${blocksHtml(block.child_blocks, context)}
  </details>`;
}

function placed(
  block: Block,
  element: InteractiveElement,
  context: BlockContext,
  more: { label?: string; required?: boolean; describedBy?: string | null } = {},
): Html {
  const { names, people, channels } = context;
  const blockId = block.block_id ?? '';
  const actionId = element.action_id ?? '';
  return elementHtml(blockId, element, {
    names,
    people,
    channels,
    state: context.state[blockId]?.[actionId],
    id: domId(context.id, blockId, actionId),
    label: '',
    required: false,
    describedBy: null,
    ...more,
  });
}
