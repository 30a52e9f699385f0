import { mentionedPerson, plainFromSlack } from './plain-from-slack.ts';

/** What was typed behind `/incident`. `person` null: the one who typed it. */
export type IncidentCommand =
  | { verb: 'menu' | 'resolve' | 'status' | 'token' | 'revokeToken' }
  | { verb: 'declare'; title: string | null }
  | { verb: 'note'; text: string }
  | { verb: 'severity'; severity: string }
  | { verb: 'role'; role: string; person: { id: string; name: string | null } | null }
  | { verb: 'unclear'; problem: string };

export type RunbookCommand =
  | { verb: 'menu' | 'list' | 'status' | 'stop' }
  | { verb: 'start'; runbook: string }
  | { verb: 'unclear'; problem: string };

export function readIncidentCommand(text: string): IncidentCommand {
  const { verb, rest } = split(text);
  switch (verb) {
    case '':
    case 'help':
      return { verb: 'menu' };
    case 'declare':
      return { verb, title: rest === '' ? null : rest };
    case 'note':
      return rest === '' ? unclear('A note needs a text.') : { verb, text: rest };
    case 'severity':
      return rest === '' ? unclear('Which severity?') : { verb, severity: rest };
    case 'role':
      return readRole(text);
    case 'token':
      if (rest === '') return { verb };
      return rest.toLowerCase() === 'revoke'
        ? { verb: 'revokeToken' }
        : unclear(`A token can be revoked, not "${rest}".`);
    case 'resolve':
    case 'status':
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
      return rest === '' ? unclear('Which runbook? It needs an id.') : { verb, runbook: rest };
    case 'list':
    case 'status':
    case 'stop':
      return { verb };
    default:
      return unclear(`There is no "${verb}" here.`);
  }
}

function readRole(text: string): IncidentCommand {
  const person = mentionedPerson(text);
  const [role = '', ...others] = split(text.replaceAll(/<@[^<>]*>/g, ' ')).rest.split(/\s+/);
  if (role === '') return unclear('Which role?');
  const extra = others.filter((word) => word !== 'me');
  if (extra.length === 0) return { verb: 'role', role, person };
  return unclear(`Who is "${extra.join(' ')}"? Choose a person with @.`);
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
