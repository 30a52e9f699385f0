import { samePerson, type Actor } from '#domain/ids.ts';
import { letsIn } from '#domain/incident/lets-in.ts';
import type { Rejection } from '#domain/rejection.ts';
import type { ApprovalRequest } from '#domain/run/state.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { Stream } from '#domain/stream/stream.ts';

import { policies, type Action, type Policy } from './policies.ts';

/** Who acts, as far as rights go by it. `groups` of the settings, as they are now. */
export type Person = { actor: Actor; groups: readonly string[]; admin?: boolean };

/** What is acted on. `authors`: who wrote what the act is about. */
export type Thing = { stream: Stream; authors: readonly Actor[] };

/**
 * Why this person may not do that now, as a sentence that says who may; null: they may. Asked with null
 * for the thing before it is known: what depends on it is not refused yet.
 */
export function whyNot(
  action: Action,
  person: Person,
  thing: Thing | null,
  settings: Settings,
): Rejection | null {
  const closed = thing === null ? null : unlessLetIn(person, thing, settings);
  if (closed !== null) return closed;
  const policy: Policy = policies[action];
  const { declare, steer, token } = settings.permissions;
  switch (policy.who) {
    case 'everyone':
      return null;
    case 'declarer':
      return unlessIn(declare, person, policy);
    case 'responder':
      return thing === null || isCommander(person, thing, settings)
        ? null
        : unlessIn(steer, person, policy);
    case 'token-holder':
      return unlessIn(token, person, policy);
    case 'admin':
      return person.admin === true
        ? null
        : {
            code: 'person.not-permitted',
            message: `Only admins and owners of the workspace may ${policy.does}.`,
          };
    case 'redacter':
      return thing === null ? null : unlessTheirs(thing, person, settings);
    case 'approver':
    case 'rejecter':
    case 'glass-breaker':
      // The request for approval says who; see `decide-people.ts`.
      return null;
    default:
      return policy.who satisfies never;
  }
}

/** Of which groups it has to be known whether a person is in them. A request for approval names its own. */
export function groupsThatCount(
  action: Action,
  { permissions, services }: Settings,
  request: ApprovalRequest | null,
): readonly string[] {
  const { who }: Policy = policies[action];
  switch (who) {
    case 'everyone':
    case 'admin':
      return [];
    case 'declarer':
      return permissions.declare ?? [];
    case 'responder':
      return permissions.steer ?? [];
    case 'token-holder':
      return permissions.token ?? [];
    case 'redacter':
      return permissions.redact ?? Object.values(services).map(({ owner }) => owner);
    case 'approver':
    case 'rejecter':
      return request?.groups ?? [];
    case 'glass-breaker':
      return request === null ? [] : [...request.breakGlass, request.oncall];
    default:
      return who satisfies never;
  }
}

/** A private incident is nobody's business who was not let in, whatever else they may. */
function unlessLetIn(
  { actor }: Person,
  { stream: { incident } }: Thing,
  { identities }: Settings,
): Rejection | null {
  if (incident === null || letsIn(incident, actor, identities)) return null;
  const commander = incident.roles['commander'];
  const ask = commander ? `Ask its commander ${commander.name}` : 'Ask whoever declared it';
  return { code: 'incident.private', message: `This incident is private. ${ask} to invite you.` };
}

/** Null: the settings name no groups, so that everyone may. */
function unlessIn(
  groups: readonly string[] | null,
  person: Person,
  { does }: Policy,
): Rejection | null {
  if (groups === null || isInOne(person, groups)) return null;
  return { code: 'person.not-permitted', message: `Only ${membersOf(groups)} may ${does}.` };
}

function unlessTheirs(thing: Thing, person: Person, settings: Settings): Rejection | null {
  const { stream, authors } = thing;
  const { identities, permissions, services } = settings;
  const { actor } = person;
  if (authors.some((author) => samePerson(author, actor, identities))) return null;
  const { incident } = stream;
  const service = incident?.service ?? Object.values(stream.runs)[0]?.service ?? null;
  const owner = (service === null ? null : services[service]?.owner) ?? null;
  const may = permissions.redact ?? (owner === null ? [] : [owner]);
  if (isInOne(person, may)) return null;
  if (permissions.redact === null && isCommander(person, thing, settings)) return null;
  const others = [
    ...(permissions.redact === null ? ['the commander of the incident'] : []),
    ...(may.length === 0 ? [] : [membersOf(may)]),
  ].join(' or ');
  return {
    code: 'entry.not-yours',
    message: `Only who wrote it${others === '' ? '' : `, ${others}`} may take it out.`,
  };
}

function isCommander({ actor }: Person, { stream }: Thing, { identities }: Settings): boolean {
  const commander = stream.incident?.roles['commander'];
  return commander !== undefined && samePerson(commander, actor, identities);
}

function isInOne({ groups }: Person, wanted: readonly string[]): boolean {
  return wanted.some((group) => groups.includes(group));
}

function membersOf(groups: readonly string[]): string {
  return `a member of ${groups.join(' or ')}`;
}
