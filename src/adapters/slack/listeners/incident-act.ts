import { answer, type Asker } from '#adapters/slack/answer.ts';
import { readIncidentCommand } from '#adapters/slack/command-text.ts';
import { type NoteText, readNote } from '#adapters/slack/note-text.ts';
import type { Request } from '#adapters/slack/request.ts';
import { incidentMenu, incidentUsage, usageMessage } from '#adapters/slack/views/menu.ts';
import type { PersonRef } from '#ports/chat-messages.ts';

import type { ListenerDeps } from './listener-deps.ts';

type Note = Extract<Request, { act: 'note' }>;

/** Does what the words behind `/incident` or `@handrail` say. `source`: the message they stand in. */
export async function doIncidentAct(
  deps: ListenerDeps,
  asker: Asker,
  text: string,
  origin: Request['origin'],
  source: { of: Note['source']; at: string } | null = null,
): Promise<void> {
  const { commands } = deps.settings().incident;
  const command = readIncidentCommand(text);
  switch (command.verb) {
    case 'menu':
      return asker.say(incidentMenu(commands, origin));
    case 'unclear':
      return asker.say(usageMessage(command.problem, incidentUsage(commands)));
    case 'declare':
      return answer(deps, asker, { act: 'declare', origin, title: command.title });
    case 'note': {
      const note = await timedNote(deps, asker, command.text);
      const at = note.at ?? source?.at ?? null;
      const of = source?.of ?? null;
      return answer(deps, asker, { act: 'note', origin, text: note.text, at, source: of });
    }
    case 'severity':
      return answer(deps, asker, { act: 'severity', origin, severity: command.severity });
    case 'role': {
      const person = await named(deps, command.person ?? asker.by);
      return answer(deps, asker, { act: 'role', origin, role: command.role, person });
    }
    case 'resolve':
      return answer(deps, asker, { act: 'resolve', origin });
    case 'token':
      return answer(deps, asker, { act: 'token', origin });
    case 'revokeToken':
      return answer(deps, asker, { act: 'revokeToken', origin });
    case 'status':
      return answer(deps, asker, { act: 'incidentStatus', origin });
    default:
      return command satisfies never;
  }
}

async function timedNote(deps: ListenerDeps, asker: Asker, text: string): Promise<NoteText> {
  const offset = await deps.directory.utcOffset(asker.by.id);
  return readNote(text, offset, new Date(deps.time.now()));
}

/** Slack gives the name of a mentioned person only sometimes. */
async function named(
  deps: ListenerDeps,
  { id, name }: { id: string; name: string | null },
): Promise<PersonRef> {
  return { id, name: name ?? (await deps.directory.person(id)).name };
}
