import { html, raw } from 'hono/html';

import { MODULES, STYLES } from './assets.ts';
import type { Html } from './blocks/html.ts';
import { iconsHtml } from './icons.ts';
import type { Theme } from './theme.ts';

export function documentHtml(
  content: Html,
  { title, theme }: { title: string; theme: Theme },
): Html {
  return html`<!doctype html>
    <html lang="en" ${theme === 'auto' ? '' : raw(`data-theme="${theme}"`)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        ${STYLES.map((name) => html`<link rel="stylesheet" href="/style/${name}" />`)}
        ${MODULES.map((name) => html`<link rel="modulepreload" href="/${name}" />`)}
        <script type="module" src="/browser/live.js"></script>
      </head>
      <body>
        <a class="skip" href="#messages">Skip to the messages</a>
        ${iconsHtml()} ${content}
        <div id="said" class="visually-hidden" role="status" aria-live="polite"></div>
        <div id="toasts" role="status" aria-live="polite"></div>
      </body>
    </html>`;
}
