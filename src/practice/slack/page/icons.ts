import { html, raw } from 'hono/html';

import type { Html } from './blocks/html.ts';

/** Drawn in a square of 20, by lines of the text's colour. */
const PATHS = {
  smile:
    '<circle cx="10" cy="10" r="7.2"/><path d="M6.8 11.8a3.7 3.7 0 0 0 6.4 0M7.5 8h.01M12.5 8h.01"/>',
  thread: '<path d="M3 4.5h14v9.5h-7.5L6 17v-3H3z"/><path d="M6.5 8h7M6.5 10.8h4.5"/>',
  more: '<path d="M4.5 10h.01M10 10h.01M15.5 10h.01" stroke-width="2.6"/>',
  send: '<path d="M3.2 4.2 17 10 3.2 15.8 5 10.8 11 10 5 9.2z" fill="currentColor" stroke="none"/>',
  bolt: '<path d="M11 2.5 4.5 11.5H9L8.5 17.5 15.5 8H10.6z"/>',
  at: '<circle cx="10" cy="10" r="3.1"/><path d="M13.1 7v4c0 2.8 4 2.4 4-1A7.1 7.1 0 1 0 13.6 16"/>',
  slash: '<rect x="3" y="3" width="14" height="14" rx="3"/><path d="M11.8 6.5 8.2 13.5"/>',
  home: '<path d="M3.5 9.2 10 3.5l6.5 5.7V16.5h-4.3v-4H7.8v4H3.5z"/>',
  lock: '<rect x="4.5" y="9" width="11" height="7.5" rx="1.5"/><path d="M7 9V6.5a3 3 0 0 1 6 0V9"/>',
  hash: '<path d="M7.8 3.5 6.2 16.5M13.8 3.5 12.2 16.5M3.8 7.5h13M3.2 12.5h13"/>',
  plus: '<path d="M10 4v12M4 10h12"/>',
  close: '<path d="m5 5 10 10M15 5 5 15"/>',
  menu: '<path d="M3.5 5.5h13M3.5 10h13M3.5 14.5h13"/>',
  pin: '<path d="M7 3.5h6l-.8 5L15 11.5H5L7.8 8.5zM10 11.5V17"/>',
  people:
    '<circle cx="7.5" cy="7" r="2.8"/><path d="M2.5 16c0-3 2.2-4.8 5-4.8s5 1.8 5 4.8M13 4.6a2.8 2.8 0 0 1 0 5M14.6 11.6c1.8.6 2.9 2.2 2.9 4.4"/>',
  chart: '<path d="M3.5 3.5v13h13"/><path d="m6 12.5 3-4 2.5 2.2L16 5.5"/>',
  sun: '<circle cx="10" cy="10" r="3.2"/><path d="M10 2.5v2M10 15.5v2M2.5 10h2M15.5 10h2M4.7 4.7l1.4 1.4M13.9 13.9l1.4 1.4M15.3 4.7l-1.4 1.4M6.1 13.9l-1.4 1.4"/>',
  moon: '<path d="M16.5 11.8A6.8 6.8 0 0 1 8.2 3.5a6.8 6.8 0 1 0 8.3 8.3z"/>',
  auto: '<circle cx="10" cy="10" r="6.8"/><path d="M10 3.2a6.8 6.8 0 0 1 0 13.6z" fill="currentColor"/>',
  help: '<circle cx="10" cy="10" r="7.2"/><path d="M7.8 8a2.2 2.2 0 1 1 3.1 2c-.6.3-.9.7-.9 1.4M10 14h.01"/>',
  bookmark: '<path d="M5.5 3.5h9v13l-4.5-3.2-4.5 3.2z"/>',
} as const;

export type IconName = keyof typeof PATHS;

/** An ornament beside words, or in a button that has a name. */
export function icon(name: IconName): Html {
  return html`<svg class="icon" aria-hidden="true"><use href="#icon-${name}" /></svg>`;
}

/** All of them once, for the page to point at. */
export function iconsHtml(): Html {
  return html`<svg class="icons" aria-hidden="true">
    ${Object.entries(PATHS).map(([name, path]) => html`<symbol id="icon-${name}" viewBox="0 0 20 20">${raw(path)}</symbol>`)}
  </svg>`;
}
