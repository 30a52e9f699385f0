import type { Incident } from '#domain/incident/state.ts';
import { postMortemRepository } from '#domain/runbook/code-repository.ts';
import type { IncidentCard } from '#ports/chat-messages.ts';

import type { Drawing } from './drawing.ts';

type Part = Pick<IncidentCard, 'next' | 'links' | 'problems' | 'buttons'>;

const nothing: Part = { next: null, links: [], problems: [], buttons: [] };

/** What the card of a resolved incident has of its post-mortem: the button, then where it went. */
export function postMortemPart(
  { settings, button }: Pick<Drawing, 'settings' | 'button'>,
  { status, postMortem }: Incident,
): Part {
  if (status !== 'resolved') return nothing;
  const ask: Part['buttons'] =
    postMortemRepository(settings)?.ok === true
      ? [button({ act: { type: 'ExportPostMortem' }, label: 'Post-mortem as PR' })]
      : [];
  switch (postMortem?.status) {
    case undefined:
      return { ...nothing, buttons: ask };
    case 'requested':
      return { ...nothing, next: 'The post-mortem is being written' };
    case 'failed': {
      const problem = `The post-mortem was not written: ${postMortem.message}`;
      return { ...nothing, problems: [problem], buttons: ask };
    }
    case 'exported': {
      const { pullRequest, issues } = postMortem.exported;
      return {
        ...nothing,
        links: [
          { label: `Post-mortem #${pullRequest.number}`, url: pullRequest.url },
          ...issues.map(({ number, url }) => ({ label: `Follow-up #${number}`, url })),
        ],
      };
    }
    default:
      return postMortem satisfies never;
  }
}
