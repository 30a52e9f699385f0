import { mrkdwnLine } from '#adapters/slack/mrkdwn.ts';
import type { Request } from '#adapters/slack/request.ts';
import type { IncidentSettings } from '#domain/runbook/settings.ts';

import { section, type SlackMessage } from './blocks.ts';
import { requestButtons } from './request-buttons.ts';

type CommandNames = IncidentSettings['commands'];

/** What a bare `/incident` answers: the acts that need no more words as buttons, the others in words. */
export function incidentMenu(commands: CommandNames, origin: Request['origin']): SlackMessage {
  return menu(
    'Incidents',
    incidentUsage(commands),
    requestButtons([
      { label: 'Declare an incident', request: { act: 'declare', origin, title: null } },
      { label: 'Status', request: { act: 'incidentStatus', origin } },
      { label: 'Resolve', request: { act: 'resolve', origin } },
      { label: 'Runbooks', request: { act: 'listRunbooks', origin } },
    ]),
  );
}

export function runbookMenu(commands: CommandNames, origin: Request['origin']): SlackMessage {
  return menu(
    'Runbooks',
    runbookUsage(commands),
    requestButtons([
      { label: 'List', request: { act: 'listRunbooks', origin } },
      { label: 'Status', request: { act: 'runStatus', origin } },
      { label: 'Stop the runbook', request: { act: 'stop', origin } },
    ]),
  );
}

export function incidentUsage(commands: CommandNames): readonly (readonly [string, string])[] {
  const name = commandName(commands.incident);
  return [
    [`${name} declare [title]`, 'open an incident'],
    [`${name} note [at 09:16] text`, 'put a note on the timeline, at your own time of day'],
    [`${name} severity SEV1`, 'set how bad it is'],
    [`${name} role commander @person`, 'give a role to somebody; without a person, to you'],
    [`${name} status`, 'what is going on'],
    [`${name} resolve`, 'end the incident'],
    [`${name} token [revoke]`, 'a token for the terminal, for the day that Slack is down'],
  ];
}

export function runbookUsage(commands: CommandNames): readonly (readonly [string, string])[] {
  const name = commandName(commands.runbook);
  return [
    [`${name} list`, 'which runbooks there are'],
    [`${name} start id`, 'start one here'],
    [`${name} status`, 'where the run here stands'],
    [`${name} stop`, 'stop the run here'],
  ];
}

/** Says what was wrong with a command, and what would have been right. */
export function usageMessage(
  problem: string,
  usage: readonly (readonly [string, string])[],
): SlackMessage {
  return menu(problem, usage, []);
}

/** Settings may name a command with or without its slash. */
export function commandName(name: string): string {
  return `/${name.replace(/^\/+/, '')}`;
}

function menu(
  title: string,
  usage: readonly (readonly [string, string])[],
  buttons: SlackMessage['blocks'],
): SlackMessage {
  const text = mrkdwnLine(title, 300);
  const lines = usage.map(
    ([command, purpose]) => `\`${mrkdwnLine(command, 100)}\`  ${mrkdwnLine(purpose, 100)}`,
  );
  return { text, blocks: [section(`*${text}*`), ...buttons, section(lines.join('\n'))] };
}
