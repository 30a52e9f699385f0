import { html } from 'hono/html';

import type { Html } from './blocks/html.ts';

const COLOURS = 7;

/** A person's picture: initials on a colour that is always theirs. The name stands beside it. */
export function avatarHtml(person: { id: string; name: string; isApp: boolean }): Html {
  const colour = person.isApp ? 'app' : `colour-${hash(person.id) % COLOURS}`;
  return html`<span class="avatar ${colour}" aria-hidden="true">${initials(person.name)}</span>`;
}

function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const letters = words.length > 1 ? words.map((word) => word.slice(0, 1)) : [name.slice(0, 1)];
  return letters.slice(0, 2).join('').toUpperCase();
}

function hash(text: string): number {
  let sum = 0;
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum;
}
