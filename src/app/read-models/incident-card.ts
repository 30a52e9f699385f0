import type { Incident } from '#domain/incident/state.ts';
import { incidentMoments } from '#domain/timeline/moments.ts';
import type { Button, IncidentCard, Question, StepMark } from '#ports/chat-messages.ts';

import { label, personOf, type Drawing } from './drawing.ts';
import { postMortemPart } from './post-mortem-part.ts';
import { questionOf } from './question.ts';
import { standingOf } from './standing.ts';
import { stepLines } from './step-lines.ts';

const mostStarts = 3;
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
    status: standingOf(incident),
    mitigatedAt: incidentMoments(drawing.events).mitigated.at,
    service: incident.service,
    environment: incident.environment,
    drill: incident.drill,
    private: incident.private,
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
    nextUpdate: incident.nextUpdate,
    cause: incident.cause,
    related: relatedTo(incident),
    links: [
      ...written.links,
      ...Object.entries(dashboard).map(([title, url]) => ({ label: title, url })),
    ],
    problems: [...Object.values(incident.problems), ...written.problems],
    buttons: [
      ...(open && run === undefined ? startButtons(drawing, incident) : []),
      ...buttonsOf(drawing, incident),
      ...written.buttons,
    ],
  };
}

/** The runbooks of the service as buttons, and the list of all of them. */
function startButtons({ button, runbooks }: Drawing, { service }: Incident): Button[] {
  const all = runbooks();
  const own = service === null ? [] : all.filter((one) => one.service === service);
  const shown = own.slice(0, mostStarts);
  return [
    ...shown.map(({ id, title }, index) =>
      button({
        act: { type: 'StartRunbook', runbook: id },
        label: label(`▶ ${title}`),
        ...(index === 0 && { style: 'primary' }),
      }),
    ),
    ...(all.length === shown.length
      ? []
      : [
          button({
            act: { type: 'ListRunbooks' },
            label: shown.length === 0 ? 'Start a runbook' : 'Other runbooks',
          }),
        ]),
  ];
}

function buttonsOf({ button }: Drawing, { status, roles, archive }: Incident): Button[] {
  if (status === 'open') {
    return [
      ...(roles['commander']
        ? []
        : [button({ act: { type: 'TakeCommand' }, label: 'Take command' })]),
      button({ act: { type: 'SendUpdate' }, label: 'Send update' }),
      button({ act: { type: 'Resolve' }, label: 'Resolve' }),
    ];
  }
  return status === 'resolved' && archive?.done !== true
    ? [button({ act: { type: 'Reopen' }, label: 'Reopen' })]
    : [];
}

function relatedTo({ merged, absorbed }: Incident): IncidentCard['related'] {
  return [
    ...(merged === null
      ? []
      : [
          {
            text: merged.channel === null ? `Merged into ${merged.into}` : 'Merged into',
            channel: merged.channel?.id ?? null,
          },
        ]),
    ...absorbed.map(({ title, channel }) => ({
      text: `«${title}» was merged into this:`,
      channel,
    })),
  ];
}

/** Of what a run outside of the incident found: the first problem, else the last of all. */
function broughtFinding({ brought }: Incident): string | null {
  const found = brought.find(({ verdict }) => verdict === 'fail') ?? brought.at(-1);
  return found ? `${found.title}: ${found.finding}` : null;
}

function nextAction(drawing: Drawing, noRun: boolean, question: Question | null): string | null {
  if (question !== null) {
    const { kind, title, who } = question;
    const [button] = question.buttons;
    // The first of several ways that nothing speaks for is no more next than the others.
    const openChoice = kind === 'choose' && button?.style !== 'primary';
    return button ? `${who}: ${openChoice ? title : button.label}` : who;
  }
  if (!noRun) return null;
  const { runbook } = drawing.settings.incident.commands;
  return `Start a runbook, here or with /${runbook.replace(/^\//, '')} start`;
}
