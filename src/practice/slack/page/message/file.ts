import { html } from 'hono/html';

import type { Html } from '#practice/slack/page/blocks/html.ts';
import type { SeenMessage } from '#practice/slack/people/sight.ts';

export function fileHtml(file: SeenMessage['files'][number]): Html {
  return file.type.startsWith('image/')
    ? html`<figure class="block">
        <figcaption>${file.title}</figcaption>
        <a href="/files/${file.id}" target="_blank" class="picture">
          <img src="/files/${file.id}" alt="${file.title}" loading="lazy" />
        </a>
      </figure>`
    : html`<div class="block">
        <a class="file" href="/files/${file.id}" download="${file.name}">
          <span aria-hidden="true">📄</span> ${file.title}
        </a>
      </div>`;
}
