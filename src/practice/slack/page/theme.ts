import { html } from 'hono/html';

import type { Html } from './blocks/html.ts';
import { icon } from './icons.ts';

/** As the machine has it, unless the person chose otherwise. */
export type Theme = 'auto' | 'light' | 'dark';

export function readTheme(value: string | undefined): Theme {
  return value === 'light' || value === 'dark' ? value : 'auto';
}

const THEMES = [
  { theme: 'auto', label: 'Colours of the system', name: 'auto' },
  { theme: 'light', label: 'Light', name: 'sun' },
  { theme: 'dark', label: 'Dark', name: 'moon' },
] as const;

export function themeHtml(current: Theme): Html {
  return html`<div class="themes" role="group" aria-label="Colours">
    ${THEMES.map(
      ({ theme, label, name }) =>
        html`<button
          type="button"
          data-do="theme"
          data-name="${theme}"
          aria-pressed="${String(theme === current)}"
          aria-label="${label}"
          title="${label}"
        >
          ${icon(name)}
        </button>`,
    )}
  </div>`;
}
