import { noteProblem } from './note-text.ts';
import { mentionedPeople, plainFromSlack, type Mentioned } from './plain-from-slack.ts';

/** What was typed behind `/incident`. */
export type IncidentCommand =
  | { verb: 'menu' }
  | { verb: 'list' | 'timeline' | 'resolve' | 'reopen' | 'times' | 'token' | 'revokeToken' }
  | { verb: 'declare'; title: string | null }
  | { verb: 'note'; text: string }
  /** Null: a form asks. */
  | { verb: 'update'; text: string | null }
  | { verb: 'severity'; severity: string | null }
  | { verb: 'merge'; into: string | null }
  /** Null: what is going on; else whether it is mitigated. */
  | { verb: 'status'; mitigated: boolean | null }
  /** `role` null: a form asks. `person` null: the one who typed it. */
  | { verb: 'role'; role: string | null; person: Mentioned | null }
  | { verb: 'giveBack'; role: string }
  /** Null: a form asks. */
  | { verb: 'handover'; person: Mentioned | null }
  | { verb: 'invite'; people: readonly Mentioned[] }
  | { verb: 'unclear'; problem: string };

export type RunbookCommand =
  | { verb: 'menu' | 'list' | 'status' | 'stop' }
  | { verb: 'start'; runbook: string }
  | { verb: 'unclear'; problem: string };

export function readIncidentCommand(text: string): IncidentCommand {
  const { verb, rest } = split(text);
  const given = rest === '' ? null : rest;
  switch (verb) {
    case '':
    case 'help':
      return { verb: 'menu' };
    case 'declare':
      return { verb, title: given };
    case 'note':
      return readNoteCommand(given);
    case 'update':
      return { verb, text: given };
    case 'severity':
      return { verb, severity: given };
    case 'merge':
      return { verb, into: given };
    case 'role':
      return readRole(text);
    case 'handover':
      return { verb, person: mentionedPeople(text)[0] ?? null };
    case 'invite':
      return readInvite(text, given);
    case 'status':
      return readStatus(given);
    case 'token':
      if (given === null) return { verb };
      return given.toLowerCase() === 'revoke'
        ? { verb: 'revokeToken' }
        : unclear(`A token can be revoked, not "${given}".`);
    case 'resolve':
    case 'reopen':
    case 'times':
    case 'list':
    case 'timeline':
      return { verb };
    default:
      return unclear(`There is no "${verb}" here.`);
  }
}

export function readRunbookCommand(text: string): RunbookCommand {
  const { verb, rest } = split(text);
  switch (verb) {
    case '':
    case 'help':
      return { verb: 'menu' };
    case 'start':
      return rest === '' ? { verb: 'list' } : { verb, runbook: rest };
    case 'list':
    case 'status':
    case 'stop':
      return { verb };
    default:
      return unclear(`There is no "${verb}" here.`);
  }
}

function readNoteCommand(given: string | null): IncidentCommand {
  if (given === null) return unclear('A note needs a text.');
  const problem = noteProblem(given);
  return problem === null ? { verb: 'note', text: given } : unclear(problem);
}

function readRole(text: string): IncidentCommand {
  const [person = null] = mentionedPeople(text);
  const [role = '', ...others] = split(text.replaceAll(/<@[^<>]*>/g, ' ')).rest.split(/\s+/);
  if (role === '') return { verb: 'role', role: null, person };
  if (others[0]?.toLowerCase() === 'none') return { verb: 'giveBack', role };
  const extra = others.filter((word) => word !== 'me');
  if (extra.length === 0) return { verb: 'role', role, person };
  return unclear(`Who is "${extra.join(' ')}"? Choose a person with @.`);
}

function readInvite(text: string, given: string | null): IncidentCommand {
  const people = mentionedPeople(text);
  if (given !== null && people.length === 0) {
    return unclear(`Who is "${given}"? Choose people with @.`);
  }
  return { verb: 'invite', people };
}

function readStatus(given: string | null): IncidentCommand {
  switch (given?.toLowerCase()) {
    case undefined:
      return { verb: 'status', mitigated: null };
    case 'mitigated':
      return { verb: 'status', mitigated: true };
    case 'open':
      return { verb: 'status', mitigated: false };
    case 'resolved':
      return { verb: 'resolve' };
    default:
      return unclear(`A status is open, mitigated or resolved, not "${given}".`);
  }
}

function split(text: string): { verb: string; rest: string } {
  const [verb = '', ...rest] = plainFromSlack(text)
    .trim()
    .split(/(?<=^\S+)\s+/);
  return { verb: verb.toLowerCase(), rest: rest.join(' ').trim() };
}

function unclear(problem: string): { verb: 'unclear'; problem: string } {
  return { verb: 'unclear', problem };
}
