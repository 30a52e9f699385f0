import type { Incident } from '#domain/incident/state.ts';
import { postMortemRepository } from '#domain/runbook/code-repository.ts';
import type { PersonRef, RunbookList } from '#ports/chat-messages.ts';
import type { Home, OpenIncident, PendingApproval, RecentIncident } from '#ports/home.ts';

import { approvalMessages } from './approval-messages.ts';
import type { Drawing } from './drawing.ts';
import { incidentCard } from './incident-card.ts';
import { postMortemPart } from './post-mortem-part.ts';

const mostPostMortems = 5;

/** Of what is open and was resolved lately, what concerns a person; `drawings` are those that they may see. */
export function homeOf(given: {
  person: PersonRef;
  open: readonly Drawing[];
  resolved: readonly Drawing[];
  runbooks: RunbookList;
  selfCheck: Home['selfCheck'];
}): Home {
  const { person, open, resolved, runbooks, selfCheck } = given;
  return {
    incidents: open
      .flatMap((drawing) => openIncident(drawing, person))
      .toSorted((one, other) => rank(other) - rank(one)),
    approvals: open.flatMap((drawing) => pendingApprovals(drawing, person)),
    runbooks,
    postMortems: resolved.flatMap(recentIncident).slice(0, mostPostMortems),
    selfCheck,
  };
}

/** What a person has a part in comes first; of the rest the newest, as they were given. */
function rank({ roles }: OpenIncident): number {
  return roles.length > 0 ? 1 : 0;
}

function openIncident(drawing: Drawing, person: PersonRef): OpenIncident[] {
  const { incident } = drawing.stream;
  if (incident?.status !== 'open') return [];
  const { step, next, commander } = incidentCard(drawing, incident);
  const { id, title, severity, drill, channel, startedAt } = incident;
  return [
    {
      incident: id,
      title,
      severity,
      drill,
      channel: channel?.id ?? null,
      commander,
      startedAt,
      step,
      next,
      roles: rolesOf(incident, person),
    },
  ];
}

function rolesOf({ roles }: Incident, person: PersonRef): string[] {
  return Object.entries(roles)
    .filter(([, holder]) => holder.kind === 'person' && holder.id === person.id)
    .map(([role]) => role);
}

function pendingApprovals(drawing: Drawing, person: PersonRef): PendingApproval[] {
  return approvalMessages(drawing)
    .filter((asked) => asked.person === person.id && asked.message.outcome === null)
    .map(({ message, since }) => {
      const { title, incident, channel, requester, plan, buttons } = message;
      return { title, incident, channel, requester, since, plan, buttons };
    });
}

function recentIncident(drawing: Drawing): RecentIncident[] {
  const { incident } = drawing.stream;
  if (incident?.status !== 'resolved' || incident.resolvedAt === null) return [];
  const { id, title, severity, drill, channel, startedAt, resolvedAt } = incident;
  const { links, next, problems } = postMortemPart(drawing, incident);
  const none =
    postMortemRepository(drawing.settings) === null
      ? `Post-mortem: handrail postmortem ${id}`
      : 'No post-mortem yet';
  const state = next ?? problems.at(0) ?? (links.length > 0 ? '' : none);
  return [
    {
      incident: id,
      title,
      severity,
      drill,
      channel: channel?.id ?? null,
      startedAt,
      resolvedAt,
      links,
      state,
    },
  ];
}
