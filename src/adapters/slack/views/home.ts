import type { types } from '@slack/bolt';

import { LIMITS } from '#adapters/slack/limits.ts';
import { channelLink, link, mrkdwnLine, personName } from '#adapters/slack/mrkdwn.ts';
import { dayAndTime, span, timeOfDay } from '#adapters/slack/slack-time.ts';
import type { RunbookLine, RunbookList } from '#ports/chat-messages.ts';
import type { Home, OpenIncident, PendingApproval, RecentIncident } from '#ports/home.ts';
import type { Finding } from '#ports/self-check.ts';

import { chunks, context, controls, plainElement, section } from './blocks.ts';
import { planText } from './plan.ts';
import { requestButtons } from './request-buttons.ts';
import { fileLines, runbookText, runbooksHead } from './runbook-list.ts';

const MOST_APPROVALS = 5;
const MOST_INCIDENTS = 12;
const MOST_RUNBOOKS = 20;
const MOST_FINDINGS = 40;
const FINDINGS_IN_BLOCK = 8;
/** Buttons of one approval; they keep the numbers of the next ones apart. */
const BUTTONS = 5;

const NOWHERE = { channel: null, message: null };

/** App Home: what waits for this person, what is open, then what there is. */
export function homeView(home: Home, at: string): { type: 'home'; blocks: types.KnownBlock[] } {
  const blocks = [
    ...approvals(home.approvals),
    ...incidents(home.incidents),
    ...requestButtons([
      { label: 'Declare an incident', request: { act: 'declare', origin: NOWHERE, title: null } },
    ]),
    ...postMortems(home.postMortems),
    ...runbooks(home.runbooks),
    ...selfCheck(home.selfCheck),
    context(
      `Updated ${dayAndTime(at)}. It follows what happens for half an hour after you open it.`,
    ),
  ];
  return { type: 'home', blocks: blocks.slice(0, LIMITS.homeBlocks) };
}

function approvals(pending: readonly PendingApproval[]): types.KnownBlock[] {
  if (pending.length === 0) return [];
  return [
    header('Waiting for your approval'),
    ...pending
      .slice(0, MOST_APPROVALS)
      .flatMap((approval, at) => [
        section(approvalText(approval)),
        context(originOf(approval)),
        ...controls(approval.buttons.slice(0, BUTTONS), at * BUTTONS, BUTTONS),
      ]),
    ...more(pending.length - MOST_APPROVALS, 'more approvals in your messages from me'),
    { type: 'divider' },
  ];
}

/** Most steps are called what their plan says. */
function approvalText({ title, plan }: PendingApproval): string {
  const named = title === plan.what ? '' : `${mrkdwnLine(title, 150)}\n`;
  return `${named}${planText(plan)}`;
}

function originOf({ requester, since, channel, incident }: PendingApproval): string {
  return [
    `Asked by ${personName(requester)} ${timeOfDay(since)}`,
    channel === null ? '' : `in ${channelLink(channel)}`,
    incident === null ? '' : `for ${mrkdwnLine(incident, 60)}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function incidents(open: readonly OpenIncident[]): types.KnownBlock[] {
  return [
    header('Open incidents'),
    ...(open.length === 0 ? [section('🟢 No incident is open.')] : []),
    ...open.slice(0, MOST_INCIDENTS).map((incident) => section(incidentText(incident))),
    ...more(open.length - MOST_INCIDENTS, 'more open incidents'),
  ];
}

function incidentText(incident: OpenIncident): string {
  const { title, severity, drill, channel, commander, startedAt, step, next, roles } = incident;
  const facts = [
    channel === null ? '' : channelLink(channel),
    `since ${timeOfDay(startedAt)}`,
    commander === null ? '*no commander yet*' : `Commander: ${personName(commander)}`,
    roles.length === 0 ? '' : `*You: ${roles.map((role) => mrkdwnLine(role, 30)).join(', ')}*`,
  ];
  return [
    `${drill ? '🎓 Drill · ' : '🔴 '}*${mrkdwnLine(severity, 30)} · ${mrkdwnLine(title, 150)}*`,
    facts.filter((fact) => fact !== '').join(' · '),
    ...(next !== null
      ? [`*Next:* ${mrkdwnLine(next, 200)}`]
      : step !== null
        ? [`*Now:* ${mrkdwnLine(step, 200)}`]
        : []),
  ].join('\n');
}

function postMortems(recent: readonly RecentIncident[]): types.KnownBlock[] {
  if (recent.length === 0) return [];
  return [header('Recently resolved'), section(recent.map(recentText).join('\n'))];
}

function recentText(incident: RecentIncident): string {
  const { title, severity, drill, channel, startedAt, resolvedAt, links, state } = incident;
  const parts = [
    `${drill ? '🎓 ' : ''}*${mrkdwnLine(severity, 30)} · ${mrkdwnLine(title, 100)}*`,
    `${dayAndTime(resolvedAt)} after ${span(startedAt, resolvedAt)}`,
    channel === null ? '' : channelLink(channel),
    ...links.slice(0, 3).map(({ label, url }) => link(label, url)),
    state === '' ? '' : `_${mrkdwnLine(state, 100)}_`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function runbooks(list: RunbookList): types.KnownBlock[] {
  const needy = list.runbooks.toSorted((one, other) => attention(other) - attention(one));
  return [
    header('Runbooks'),
    section(runbooksHead(list)),
    ...fileLines(list.files),
    ...needy.slice(0, MOST_RUNBOOKS).map((line) => section(runbookText(line))),
    ...more(needy.length - MOST_RUNBOOKS, 'more in the list of runbooks'),
  ];
}

/** What somebody should see to comes first. */
function attention(line: RunbookLine): number {
  return line.attention.length > 0 ? 1 : 0;
}

const FOUND = { ok: '🟢', problem: '🔴', notSet: '⚪' } as const;

function selfCheck(check: Home['selfCheck']): types.KnownBlock[] {
  if (check === null) return [];
  const { last } = check;
  const findings = last?.findings ?? [];
  const problems = findings.filter(isProblem).length;
  const lines = findings
    .toSorted((one, other) => Number(isProblem(other)) - Number(isProblem(one)))
    .map(
      ({ area, status, text }) =>
        `${FOUND[status]} *${mrkdwnLine(area, 40)}* ${mrkdwnLine(text, 220)}`,
    );
  const state =
    last === null
      ? 'Tokens, scopes, connections, database and clocks, for admins.'
      : `${problems === 0 ? 'No problem' : problems === 1 ? '1 problem' : `${problems} problems`}, ${dayAndTime(last.at)}`;
  return [
    header('Self-check'),
    section(state),
    ...chunks(lines.slice(0, MOST_FINDINGS), FINDINGS_IN_BLOCK).map((some) =>
      section(some.join('\n')),
    ),
    ...more(lines.length - MOST_FINDINGS, 'more: handrail doctor tells all'),
    ...requestButtons(
      [{ label: 'Check Handrail', request: { act: 'selfCheck', origin: NOWHERE } }],
      'check-',
    ),
  ];
}

/** They come first: of many findings the last are not shown. */
function isProblem({ status }: Finding): boolean {
  return status === 'problem';
}

function more(count: number, what: string): types.KnownBlock[] {
  return count > 0 ? [context(`and ${count} ${what}`)] : [];
}

function header(text: string): types.HeaderBlock {
  return { type: 'header', text: plainElement(text, 150) };
}
