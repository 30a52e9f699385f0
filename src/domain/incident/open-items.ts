import type { Run } from '#domain/run/state.ts';
import { findStep } from '#domain/run/structure.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { Stream } from '#domain/stream/stream.ts';

/**
 * What somebody who takes over has to know is not done yet, most pressing first, in sentences. What people
 * have typed is not among it, so that it stays erasable where it stands.
 */
export function openItems({ incident, runs }: Stream, settings: Settings): string[] {
  if (incident === null) return [];
  const open = Object.values(runs).filter(({ end }) => end === null);
  const { alert, reminders, nextUpdate, problems, roles } = incident;
  const free = settings.incident.roles.map(({ name }) => name).filter((name) => !roles[name]);
  return [
    ...open.flatMap(ofRun),
    ...(alert?.status === 'firing' ? [`The alert fires: ${alert.summary ?? alert.group}`] : []),
    ...(reminders.at(-1)?.answer === null ? ['An update is due'] : []),
    ...(free.length === 0 ? [] : [`Nobody is ${either(free)}`]),
    ...Object.values(problems),
    ...(nextUpdate === null ? [] : [`The next update is due at ${nextUpdate.slice(11, 16)} UTC`]),
  ];
}

/** `commander, communications or scribe`. */
function either(names: readonly string[]): string {
  return [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' or ');
}

function ofRun(run: Run): string[] {
  const { runbook } = run.document;
  if (run.position.kind === 'start') return [`«${runbook.title}» is ready to start`];
  if (run.position.kind === 'ask') {
    const { step } = run.position;
    return [`«${titleOf(run, step)}» waits for somebody to say how to go on`];
  }
  return Object.values(run.steps).flatMap((visit) => {
    if (visit.finished !== null) return [];
    const title = `«${titleOf(run, visit.step)}»`;
    if (visit.write?.phase === 'approving') return [`${title} waits for approval`];
    if (visit.write?.phase === 'acting') return [`${title} is under way`];
    if (visit.wait !== null) return [`${title} waits for an answer`];
    return [`${title} is being checked`];
  });
}

function titleOf(run: Run, step: string): string {
  return findStep(run.document.runbook, step)?.title ?? step;
}
