import { answer, type Asker } from '#adapters/slack/answer.ts';
import { readRunbookCommand } from '#adapters/slack/command-text.ts';
import type { Request } from '#adapters/slack/request.ts';
import { runbookMenu, runbookUsage, usageMessage } from '#adapters/slack/views/menu.ts';

import type { ListenerDeps } from './listener-deps.ts';

/** Does what the words behind `/runbook` say. */
export async function doRunbookAct(
  deps: ListenerDeps,
  asker: Asker,
  text: string,
  origin: Request['origin'],
): Promise<void> {
  const { commands } = deps.settings().incident;
  const command = readRunbookCommand(text);
  switch (command.verb) {
    case 'menu':
      return asker.say(runbookMenu(commands, origin));
    case 'unclear':
      return asker.say(usageMessage(command.problem, runbookUsage(commands)));
    case 'list':
      return answer(deps, asker, { act: 'listRunbooks', origin });
    case 'start':
      return answer(deps, asker, { act: 'start', origin, runbook: command.runbook });
    case 'status':
      return answer(deps, asker, { act: 'runStatus', origin });
    case 'stop':
      return answer(deps, asker, { act: 'stop', origin });
    default:
      return command satisfies never;
  }
}
