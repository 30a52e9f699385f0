import { mrkdwnLine } from '#adapters/slack/mrkdwn.ts';
import type { Request } from '#adapters/slack/request.ts';
import { dayAndTime } from '#adapters/slack/slack-time.ts';
import type { RunbookLine, RunbookList } from '#ports/chat-messages.ts';

import { context, section, type SlackMessage } from './blocks.ts';
import { requestButtons, withButton } from './request-buttons.ts';

type ListRequest = Extract<Request, { act: 'listRunbooks' }>;

/** So many fill three screens of a phone, and stay within what one message may hold. */
const PAGE = 8;
const MOST_ATTENTION = 3;
const MOST_FILES = 4;

const WAYS = { live: 'live run', dryRun: 'dry run', drill: 'drill' } as const;

/** A page of the runbooks, each with a button that starts it here, and with buttons to the pages beside it. */
export function runbookListMessage(list: RunbookList, request: ListRequest): SlackMessage {
  const { runbooks, files } = list;
  const { origin } = request;
  const pages = Math.max(1, Math.ceil(runbooks.length / PAGE));
  const page = Math.min(request.page ?? 0, pages - 1);
  const head = runbooksHead(list);
  return {
    text: head,
    blocks: [
      section(`*${head}*`),
      ...(page === 0 ? fileLines(files) : []),
      ...runbooks
        .slice(page * PAGE, (page + 1) * PAGE)
        .map((line, index) =>
          withButton(
            section(runbookText(line)),
            { label: 'Start', request: { act: 'start', origin, runbook: line.id } },
            `start-${index}`,
          ),
        ),
      ...(pages === 1 ? [] : [context(`Page ${page + 1} of ${pages}`)]),
      ...requestButtons([
        ...(page === 0 ? [] : [{ label: '← Back', request: { ...request, page: page - 1 } }]),
        ...(page + 1 === pages
          ? []
          : [{ label: 'More →', request: { ...request, page: page + 1 } }]),
      ]),
    ],
  };
}

/** How many there are, and how they are. */
export function runbooksHead({ runbooks, files }: RunbookList): string {
  if (runbooks.length === 0) return 'There are no runbooks.';
  const needy = runbooks.filter(({ attention }) => attention.length > 0).length + files.length;
  const count = runbooks.length === 1 ? '1 runbook' : `${runbooks.length} runbooks`;
  const proved = runbooks.filter(({ proof }) => proof !== null && proof.older === null).length;
  const parts = [
    count,
    ...(needy === 0 ? [] : [`${needy} ${needy === 1 ? 'needs' : 'need'} attention`]),
    `${proved === runbooks.length ? 'all' : proved === 0 ? 'none' : proved} proved`,
  ];
  return parts.join(', ');
}

export function fileLines(files: RunbookList['files']): SlackMessage['blocks'] {
  const more = files.length - MOST_FILES;
  return [
    ...files.slice(0, MOST_FILES).map(({ text }) => section(`⚠️ ${mrkdwnLine(text, 300)}`)),
    ...(more > 0 ? [context(`and ${more} more broken files`)] : []),
  ];
}

/** What somebody should see to, a line each. */
export function attentionLines({ attention }: RunbookLine): string[] {
  const more = attention.length - MOST_ATTENTION;
  return [
    ...attention.slice(0, MOST_ATTENTION).map((text) => `⚠️ ${mrkdwnLine(text, 160)}`),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}

/** What it is, how far it can be trusted, and what somebody should see to. */
export function runbookText(line: RunbookLine): string {
  return [
    `*${mrkdwnLine(line.title, 120)}*`,
    [
      `\`${mrkdwnLine(line.id, 64)}\` @ ${mrkdwnLine(line.revision, 40)}`,
      provedText(line),
      reviewText(line),
      findingsText(line),
    ]
      .filter((text) => text !== '')
      .join(' · '),
    ...attentionLines(line),
  ].join('\n');
}

function provedText({ proof }: RunbookLine): string {
  if (proof === null) return '❔ Never proved';
  const when = `${dayAndTime(proof.at)} by a ${WAYS[proof.how]}`;
  return proof.older === null
    ? `✅ Proved ${when}`
    : `🕓 An older text was proved ${when} (${mrkdwnLine(proof.older, 40)})`;
}

function reviewText({ review }: RunbookLine): string {
  const { reviewed, due, overdue } = review;
  if (reviewed === null) return 'never reviewed';
  if (due === null) return `reviewed ${mrkdwnLine(reviewed, 10)}`;
  // What needs attention has a line of its own.
  return overdue ? '' : `review due ${mrkdwnLine(due, 10)}`;
}

function findingsText({ findings: { errors, warnings } }: RunbookLine): string {
  const parts = [
    ...(errors === 0 ? [] : [errors === 1 ? '1 error' : `${errors} errors`]),
    ...(warnings === 0 ? [] : [warnings === 1 ? '1 warning' : `${warnings} warnings`]),
  ];
  return parts.join(', ');
}
