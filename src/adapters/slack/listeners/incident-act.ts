import { answer, type Asker } from '#adapters/slack/answer.ts';
import { readIncidentCommand } from '#adapters/slack/command-text.ts';
import { readNote } from '#adapters/slack/note-text.ts';
import type { Request } from '#adapters/slack/request.ts';
import { incidentMenu, incidentUsage, usageMessage } from '#adapters/slack/views/menu.ts';

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
      const offset = await deps.directory.utcOffset(asker.by.id);
      const note = readNote(command.text, offset, new Date(deps.time.now()));
      const at = note.at ?? source?.at ?? null;
      return answer(deps, asker, {
        act: 'note',
        origin,
        text: note.text,
        at,
        source: source?.of ?? null,
      });
    }
    case 'severity':
      return answer(deps, asker, { act: 'severity', origin, severity: command.severity });
    case 'role': {
      const { role, person } = command;
      const name = async (id: string) => (await deps.directory.person(id)).name;
      const given =
        person === null
          ? asker.by
          : { id: person.id, name: person.name ?? (await name(person.id)) };
      return answer(deps, asker, { act: 'role', origin, role, person: given });
    }
    case 'resolve':
      return answer(deps, asker, { act: 'resolve', origin });
    case 'status':
      return answer(deps, asker, { act: 'incidentStatus', origin });
    default:
      return command satisfies never;
  }
}
