import { closest } from '#domain/runbook/did-you-mean.ts';

import type { PostMortemSections } from './post-mortem.ts';

const PLACE = /\$\{\{\s*postmortem\.(\w+)\s*\}\}/g;

/**
 * Writes a post-mortem as a template has it, where `${{ postmortem.timeline }}` stands for that part.
 * A name that there is not is a mistake in the template, told in a sentence.
 */
export function fillPostMortem(
  template: string,
  sections: PostMortemSections,
): { ok: true; text: string } | { ok: false; message: string } {
  const parts = new Map(Object.entries(sections));
  for (const [, name = ''] of template.matchAll(PLACE)) {
    if (parts.has(name)) continue;
    const guess = closest(name, [...parts.keys()]);
    const hint = guess === null ? '' : ` Did you mean postmortem.${guess}?`;
    return {
      ok: false,
      message: `The template names postmortem.${name}, which there is not.${hint}`,
    };
  }
  return {
    ok: true,
    text: template.replaceAll(PLACE, (_place, name: string) => parts.get(name) ?? ''),
  };
}
