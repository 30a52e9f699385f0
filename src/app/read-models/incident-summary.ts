import type { Loaded } from '#app/load.ts';

import { stepLines } from './step-lines.ts';

/** How an incident stands, in a few lines. */
export function incidentSummary({ stream }: Loaded, now: string): string {
  const { incident } = stream;
  if (incident === null) return 'There is no incident here.';
  const minutes = Math.max(
    0,
    Math.round((Date.parse(incident.resolvedAt ?? now) - Date.parse(incident.startedAt)) / 60_000),
  );
  const commander = incident.roles['commander']?.name ?? 'nobody yet';
  const runs = Object.values(stream.runs).filter((run) => run.parent === null);
  return [
    `${incident.severity} · ${incident.status} · ${incident.title}`,
    `Began ${incident.startedAt.slice(11, 16)} UTC (${minutes} min). Commander: ${commander}.`,
    ...runs.map((run) => {
      const last = stepLines(run, { now, incident }).at(-1);
      const where = last ? ` · ${last.title}${last.text === '' ? '' : `: ${last.text}`}` : '';
      return `${run.document.runbook.title} · ${run.end?.status ?? 'running'}${where}`;
    }),
    ...(incident.cause === null ? [] : [`Cause: ${incident.cause}`]),
  ].join('\n');
}
