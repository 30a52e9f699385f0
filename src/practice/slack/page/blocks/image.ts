import { html } from 'hono/html';
import type { z } from 'zod';

import type { Image } from '#practice/slack/blocks/element.ts';

import type { Html } from './html.ts';

/** Pictures come from this workspace only; of others the page says what they show. */
export function imageHtml(image: Pick<z.infer<typeof Image>, 'alt_text' | 'slack_file'>): Html {
  const id = image.slack_file?.id ?? /\/files\/(\w+)$/.exec(image.slack_file?.url ?? '')?.[1];
  return id === undefined
    ? html`<span class="image-elsewhere">🖼 ${image.alt_text}</span>`
    : html`<img src="/files/${id}" alt="${image.alt_text}" loading="lazy" />`;
}
