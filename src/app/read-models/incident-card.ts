import type { Incident } from '#domain/incident/state.ts';
import type { IncidentCard, Question, StepMark } from '#ports/chat-messages.ts';

import { personOf, type Drawing } from './drawing.ts';
import { postMortemPart } from './post-mortem-part.ts';
import { questionOf } from './question.ts';
import { stepLines } from './step-lines.ts';

const findings: readonly StepMark[] = ['ok', 'problem', 'noData'];

/** The pinned card: how things stand, and what is to be done next. */
export function incidentCard(drawing: Drawing, incident: Incident): IncidentCard {
  const runs = Object.values(drawing.stream.runs).filter((run) => run.parent === null);
  const run = runs.findLast((one) => one.end === null) ?? runs.at(-1);
  const lines = run ? stepLines(run, { now: drawing.now, incident }) : [];
  const current = lines.findLast((line) => line.mark === 'running' || line.mark === 'waiting');
  const last = lines.findLast(({ mark, text }) => findings.includes(mark) && text !== '');
  const question = run ? questionOf(drawing, run) : null;
  const open = incident.status === 'open';
  const written = postMortemPart(drawing, incident);
  const commander = incident.roles['commander'];
  const dashboard = run?.document.runbook.links ?? {};
  return {
    kind: 'incident-card',
    incident: incident.id,
    title: incident.title,
    severity: incident.severity,
    status: incident.status === 'resolved' ? 'resolved' : 'open',
    service: incident.service,
    environment: incident.environment,
    drill: incident.drill,
    commander: commander ? personOf(commander) : null,
    roles: Object.entries(incident.roles)
      .filter(([role]) => role !== 'commander')
      .map(([role, person]) => ({ role, person: personOf(person) })),
    startedAt: incident.startedAt,
    resolvedAt: incident.resolvedAt,
    step: open ? (current?.title ?? null) : null,
    finding: last ? `${last.title}: ${last.text}` : broughtFinding(incident),
    next: open ? nextAction(drawing, run === undefined, question) : written.next,
    alert: incident.alert?.status ?? null,
    cause: incident.cause,
    links: [...written.links, ...Object.entries(dashboard).map(([label, url]) => ({ label, url }))],
    problems: [...Object.values(incident.problems), ...written.problems],
    buttons: open
      ? [
          ...(commander
            ? []
            : [drawing.button({ act: { type: 'TakeCommand' }, label: 'Take command' })]),
          drawing.button({ act: { type: 'Resolve' }, label: 'Resolve' }),
        ]
      : written.buttons,
  };
}

/** Of what a run outside of the incident found: the first problem, else the last of all. */
function broughtFinding({ brought }: Incident): string | null {
  const found = brought.find(({ verdict }) => verdict === 'fail') ?? brought.at(-1);
  return found ? `${found.title}: ${found.finding}` : null;
}

function nextAction(drawing: Drawing, noRun: boolean, question: Question | null): string | null {
  if (question !== null) {
    const [button] = question.buttons;
    return button ? `${question.who}: ${button.label}` : question.who;
  }
  if (!noRun) return null;
  const { runbook } = drawing.settings.incident.commands;
  return `Start a runbook with /${runbook.replace(/^\//, '')} start`;
}
