import { refuse, type Refusal } from '#domain/run/refusals.ts';
import type { Turn } from '#domain/stream/turn.ts';

import type { IncidentCommand } from './commands.ts';
import { openItems } from './open-items.ts';
import type { Incident } from './state.ts';

type Command<Type> = Extract<IncidentCommand, { type: Type }>;

/** A role that somebody else has goes over from them, with a list of what is open then. */
export function assignRole(
  turn: Turn,
  incident: Incident,
  { role, person, note = null }: Command<'AssignRole'>,
): Refusal {
  const unknown = unknownRole(turn, role);
  if (unknown !== null) return unknown;
  const before = incident.roles[role];
  if (before?.id === person.id) {
    return refuse('incident.same-role', `${person.name} is ${role} already.`);
  }
  turn.emit({
    type: 'RoleAssigned',
    role,
    person,
    ...(before && { handover: { from: before, open: openItems(turn.stream(), turn.settings) } }),
    ...(note !== null && { texts: { note } }),
  });
  return null;
}

export function giveBackRole(
  turn: Turn,
  incident: Incident,
  { role }: Command<'GiveBackRole'>,
): Refusal {
  const unknown = unknownRole(turn, role);
  if (unknown !== null) return unknown;
  const person = incident.roles[role];
  if (person === undefined) return refuse('incident.free-role', `Nobody is ${role}.`);
  turn.emit({ type: 'RoleGivenBack', role, person });
  return null;
}

function unknownRole(turn: Turn, role: string): Refusal {
  const roles = turn.settings.incident.roles.map(({ name }) => name);
  if (roles.includes(role)) return null;
  return refuse('incident.unknown-role', `A role is one of ${roles.join(', ')}.`);
}

export function follow(turn: Turn, incident: Incident, what: 'Follow' | 'Unfollow'): Refusal {
  const follows = incident.followers.includes(turn.actor.id);
  if (what === 'Follow') {
    if (follows) return refuse('incident.follows', 'You follow it already.');
    turn.emit({ type: 'Followed' });
  } else {
    if (!follows) return refuse('incident.not-followed', 'You do not follow it.');
    turn.emit({ type: 'Unfollowed' });
  }
  return null;
}

/** Coming twice changes nothing: chat says it again for those that were invited. */
export function come(turn: Turn, incident: Incident): Refusal {
  if (!incident.people.includes(turn.actor.id)) turn.emit({ type: 'PersonJoined' });
  return null;
}

export function leave(turn: Turn, incident: Incident, { person }: Command<'Leave'>): Refusal {
  if (incident.people.includes(person.id)) turn.emit({ type: 'PersonLeft', person });
  return null;
}

export function invite(turn: Turn, incident: Incident, { people }: Command<'Invite'>): Refusal {
  const fresh = people.filter(({ id }) => !incident.people.includes(id));
  if (fresh.length === 0) return refuse('incident.invited', 'They are in already.');
  turn.emit({ type: 'PeopleInvited', people: fresh });
  return null;
}
