import { bot } from '#domain/ids.ts';
import { refuse, type Refusal } from '#domain/run/refusals.ts';
import { postMortemRepository } from '#domain/runbook/code-repository.ts';
import type { Turn } from '#domain/stream/turn.ts';

import type { IncidentCommand } from './commands.ts';
import type { ExportedPostMortem } from './post-mortem-export.ts';
import type { Incident } from './state.ts';

/** Once it is resolved; again after a failure, and to add what has been noted since. */
export function exportPostMortem(turn: Turn, { status, postMortem }: Incident): Refusal {
  if (status !== 'resolved') return refuse('incident.not-resolved', 'It is not resolved.');
  if (postMortem?.status === 'requested') {
    return refuse('incident.export-under-way', 'The post-mortem is being written already.');
  }
  const repository = postMortemRepository(turn.settings);
  if (repository?.ok !== true) {
    return refuse(
      'incident.no-repository',
      repository?.message ?? 'The settings name no repository for post-mortems.',
    );
  }
  turn.emit({ type: 'PostMortemRequested' });
  return null;
}

/** A terminal exports without being asked on the record; that it failed is told there. */
export function reportExport(
  turn: Turn,
  { postMortem }: Incident,
  { outcome }: Extract<IncidentCommand, { type: 'ReportExport' }>,
): Refusal {
  if ('failed' in outcome) {
    if (postMortem?.status !== 'requested') {
      return refuse('incident.no-export', 'No post-mortem is being written.');
    }
    turn.emit({ type: 'PostMortemFailed', message: outcome.failed, actor: bot });
    return null;
  }
  const known = postMortem?.status === 'exported' ? postMortem.exported : null;
  if (known !== null && urlsOf(known) === urlsOf(outcome)) return null;
  turn.emit({ type: 'PostMortemExported', exported: outcome, actor: bot });
  return null;
}

function urlsOf({ pullRequest, issues }: ExportedPostMortem): string {
  return [pullRequest, ...issues].map(({ url }) => url).join(' ');
}
