import type { Incident } from '#domain/incident/state.ts';
import { textOf } from '#domain/json.ts';

import type { Act } from './acts.ts';
import type { App } from './app.ts';
import type { PersonCommand } from './execute.ts';
import { followUpsIn } from './incident-forms.ts';
import { done } from './reply.ts';
import type { FormValues, Reply } from './use-cases.ts';

/** Buttons of an incident; those of a run name it. */
export type IncidentAct = Exclude<Act, { run: string } | { type: 'StartRunbook' | 'ListRunbooks' }>;

export function isIncidentAct(act: IncidentAct | RunAct): act is IncidentAct {
  return !('run' in act);
}

export type RunAct = Extract<Act, { run: string }>;

export async function incidentCommand(
  app: App,
  incident: Incident | null,
  act: IncidentAct,
  values: FormValues,
  by: Pick<PersonCommand, 'at' | 'actor'>,
): Promise<PersonCommand> {
  switch (act.type) {
    case 'TakeCommand':
      return { ...by, type: 'AssignRole', role: 'commander', person: by.actor };
    case 'Resolve':
      return {
        ...by,
        type: 'Resolve',
        cause: textOf(values['cause']),
        followUps: followUpsIn(values),
      };
    case 'Reopen':
      return { ...by, type: 'Reopen', reason: textOf(values['reason']).trim() || null };
    case 'SendUpdate':
      return {
        ...by,
        type: 'PostUpdate',
        text: textOf(values['text']).trim(),
        tell: await followersByGroup(app, incident),
      };
    case 'Follow': {
      const follows = incident?.followers.includes(by.actor.id) === true;
      return { ...by, type: follows ? 'Unfollow' : 'Follow' };
    }
    case 'Snooze':
    case 'Join':
    case 'TakeSuggestion':
    case 'DismissSuggestion':
    case 'ExportPostMortem':
      return { ...act, ...by };
    default:
      return act satisfies never;
  }
}

/** Where the channel does not show what became of a press, the person is told. */
export function replyToIncidentAct(command: PersonCommand, incident: Incident | null): Reply {
  switch (command.type) {
    case 'Join':
      return incident?.channel
        ? done('You are invited into', { channel: incident.channel.id })
        : done('You are invited as soon as there is a channel.');
    case 'Follow':
      return done('You get each update as a direct message. Press Follow again to stop that.');
    case 'Unfollow':
      return done('You no longer get the updates.');
    default:
      return done();
  }
}

/** Members, as of now, of the groups that the severity keeps informed. */
export async function followersByGroup(app: App, incident: Incident | null): Promise<string[]> {
  if (incident === null || incident.private) return [];
  const { severities } = app.runbooks.settings().incident;
  const groups = severities[incident.severity]?.followers ?? [];
  const members = await Promise.all(groups.map((group) => app.directory.members(group)));
  return [...new Set(members.flat())];
}
