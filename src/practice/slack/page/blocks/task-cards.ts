import { html, raw } from 'hono/html';

import type { Block } from '#practice/slack/blocks/block.ts';

import { domId } from './dom-id.ts';
import type { Html } from './html.ts';
import { link, plainWithEmoji } from './mrkdwn.ts';
import type { Names } from './names.ts';
import { richText } from './rich-text.ts';

type Plan = Extract<Block, { type: 'plan' }>;
type Task = Extract<Block, { type: 'task_card' }>;

type TaskContext = { names: Names; id: string };

const WORDS = {
  pending: 'Pending',
  in_progress: 'In progress',
  complete: 'Complete',
  error: 'Error',
} as const;

export function planHtml(plan: Plan, context: TaskContext): Html {
  const tasks = plan.tasks ?? [];
  return html`<section class="block plan" aria-label="${plan.title}">
    <h3>${raw(plainWithEmoji(plan.title))}</h3>
    <ol>
      ${tasks.map((task) => html`<li>${taskHtml(task, context)}</li>`)}
    </ol>
  </section>`;
}

/** What a task holds besides its title is folded away, as in Slack. */
export function taskHtml(task: Task, { names, id }: TaskContext): Html {
  const texts = [task.details, task.output].filter((text) => text !== undefined);
  const head = html`<span class="mark" role="img" aria-label="${WORDS[task.status]}"></span>
    <span class="task-title">${raw(plainWithEmoji(task.title))}</span>`;
  if (texts.length === 0 && task.sources === undefined) {
    return html`<div class="task ${task.status}">${head}</div>`;
  }
  return html`<details class="task ${task.status}" id="${domId(id, 'task', task.task_id)}">
    <summary>${head}</summary>
    ${texts.map((text) => html`<div class="task-text">${raw(richText(text, names))}</div>`)}
    ${
      task.sources === undefined
        ? ''
        : html`<div class="task-text">
            ${task.sources.map(({ url, text }) => html`<span>${raw(link(url, text))}</span> `)}
          </div>`
    }
  </details>`;
}
