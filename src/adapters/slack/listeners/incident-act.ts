import { answer, type Asker } from '#adapters/slack/answer.ts';
import { type IncidentCommand, readIncidentCommand } from '#adapters/slack/command-text.ts';
import { type NoteText, readNote } from '#adapters/slack/note-text.ts';
import type { Mentioned } from '#adapters/slack/plain-from-slack.ts';
import type { Request } from '#adapters/slack/request.ts';
import { incidentMenu, incidentUsage, usageMessage } from '#adapters/slack/views/menu.ts';
import type { NotedMessage } from '#app/use-cases.ts';
import type { PersonRef } from '#ports/chat-messages.ts';

import type { ListenerDeps } from './listener-deps.ts';

/** Does what the words behind `/incident` or `@handrail` say. `source`: the message they stand in. */
export async function doIncidentAct(
  deps: ListenerDeps,
  asker: Asker,
  text: string,
  origin: Request['origin'],
  source: NotedMessage | null = null,
): Promise<void> {
  const { commands } = deps.settings().incident;
  const command = readIncidentCommand(text);
  if (command.verb === 'menu') return asker.say(incidentMenu(commands, origin));
  if (command.verb === 'unclear') {
    return asker.say(usageMessage(command.problem, incidentUsage(commands)));
  }
  return answer(deps, asker, await requestOf(deps, asker.by, command, origin, source));
}

async function requestOf(
  deps: ListenerDeps,
  by: PersonRef,
  command: Exclude<IncidentCommand, { verb: 'unclear' } | { verb: 'menu' }>,
  origin: Request['origin'],
  source: NotedMessage | null,
): Promise<Request> {
  switch (command.verb) {
    case 'declare':
      return { act: 'declare', origin, title: command.title };
    case 'note': {
      const { text, at } = await timedNote(deps, by, command.text);
      if (source === null) return { act: 'note', origin, text, at };
      return {
        act: 'noteMessage',
        origin,
        message: { ...mutable(source), text, at: at ?? source.at },
      };
    }
    case 'update':
      return { act: 'update', origin, text: command.text };
    case 'severity':
      return { act: 'severity', origin, severity: command.severity };
    case 'role': {
      const { role, person } = command;
      const to = role === null && person === null ? null : await named(deps, person ?? by);
      return { act: 'role', origin, role, person: to };
    }
    case 'handover': {
      const person = command.person && (await named(deps, command.person));
      return { act: 'role', origin, role: 'commander', person };
    }
    case 'giveBack':
      return { act: 'giveBack', origin, role: command.role };
    case 'invite': {
      const people = await Promise.all(command.people.map((one) => named(deps, one)));
      return { act: 'invite', origin, people: people.length === 0 ? null : people };
    }
    case 'merge':
      return { act: 'merge', origin, into: command.into };
    case 'timeline':
      return { act: 'timeline', origin, kinds: [], person: null, page: 0 };
    case 'status': {
      const { mitigated } = command;
      return mitigated === null
        ? { act: 'incidentStatus', origin }
        : { act: 'mitigated', origin, mitigated };
    }
    case 'list':
      return { act: 'listIncidents', origin };
    case 'times':
    case 'resolve':
    case 'reopen':
    case 'token':
    case 'revokeToken':
      return { act: command.verb, origin };
    default:
      return command satisfies never;
  }
}

function mutable(source: NotedMessage) {
  return { ...source, files: [...source.files] };
}

async function timedNote(deps: ListenerDeps, by: PersonRef, text: string): Promise<NoteText> {
  const offset = await deps.directory.utcOffset(by.id);
  return readNote(text, offset, new Date(deps.time.now()));
}

/** Slack gives the name of a mentioned person only sometimes. */
async function named(deps: ListenerDeps, { id, name }: Mentioned): Promise<PersonRef> {
  return { id, name: name ?? (await deps.directory.person(id)).name };
}
