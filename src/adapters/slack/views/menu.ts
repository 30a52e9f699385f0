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
      { label: 'Timeline', request: { act: 'timeline', origin, kinds: [], person: null, page: 0 } },
      { label: 'Send update', request: { act: 'update', origin, text: null } },
      { label: 'Severity', request: { act: 'severity', origin, severity: null } },
      { label: 'Roles', request: { act: 'role', origin, role: null, person: null } },
      { label: 'Resolve', request: { act: 'resolve', origin } },
      { label: 'Open incidents', request: { act: 'listIncidents', origin } },
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
    [`${name} update [text]`, 'tell everybody who follows it'],
    [`${name} status [mitigated|open]`, 'how it stands; with a word, sets it'],
    [`${name} severity [SEV1]`, 'how bad it is'],
    [`${name} role [scribe] [@person|none]`, 'give a role; without a person, to you'],
    [`${name} handover [@person]`, 'hand command over, with what is open'],
    [`${name} timeline · times`, 'what happened; correct when it was'],
    [`${name} invite @people · merge [incident]`, 'let people in; go on as another incident'],
    [`${name} resolve · reopen · list`, 'end it; go on with it; which are open'],
    [`${name} token [revoke]`, 'a token for the terminal, for the day that Slack is down'],
  ];
}

export function runbookUsage(commands: CommandNames): readonly (readonly [string, string])[] {
  const name = commandName(commands.runbook);
  return [
    [`${name} list`, 'which runbooks there are'],
    [`${name} start [id]`, 'start one here; without an id, choose from the list'],
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
  const text = mrkdwnLine(title, 300) || '…';
  const lines = usage.map(
    ([command, purpose]) => `\`${mrkdwnLine(command, 100)}\`  ${mrkdwnLine(purpose, 100)}`,
  );
  return { text, blocks: [section(`*${text}*`), ...buttons, section(lines.join('\n'))] };
}
