import { link, mrkdwn, mrkdwnLine } from '#adapters/slack/mrkdwn.ts';
import type { Request } from '#adapters/slack/request.ts';
import { timeOfDay } from '#adapters/slack/slack-time.ts';
import type { TimelineLine, TimelineView } from '#app/read-models/timeline-view.ts';

import { context, section, type SlackMessage } from './blocks.ts';
import { requestButtons } from './request-buttons.ts';

/** A page of twelve entries is to fit into a message. */
const ENTRY = 740;

/** A page of the timeline, with buttons to the pages beside it and to a filter. */
export function timelineMessage(view: TimelineView, origin: Request['origin']): SlackMessage {
  const { entries, total, page, pages, filter } = view;
  const to = (wanted: number): Request & { act: 'timeline' } => ({
    act: 'timeline',
    origin,
    kinds: [...filter.kinds],
    person: filter.person,
    page: wanted,
  });
  const isFiltered = filter.kinds.length > 0 || filter.person !== null;
  const count = total === 1 ? '1 entry' : `${total} entries`;
  const head = `Timeline of «${mrkdwnLine(view.title, 150)}»: ${count}`;
  return {
    text: head,
    blocks: [
      section(`*${head}*${isFiltered ? `\n${filterText(view)}` : ''}`),
      ...(entries.length === 0 ? [section('_Nothing here._')] : entries.map(entrySection)),
      context(`Page ${page + 1} of ${pages} · only you see this`),
      ...requestButtons([
        ...(page === 0 ? [] : [{ label: '← Back', request: to(page - 1) }]),
        ...(page + 1 === pages ? [] : [{ label: 'More →', request: to(page + 1) }]),
        { label: 'Filter', request: { act: 'filterTimeline', origin } },
        ...(isFiltered
          ? [
              {
                label: 'Show all',
                request: { ...to(0), kinds: [], person: null },
              },
            ]
          : []),
      ]),
    ],
  };
}

function entrySection(line: TimelineLine) {
  const { at, who, kind, text, permalink, files } = line;
  const links = [
    ...(permalink === null ? [] : [link('message', permalink)]),
    ...files.slice(0, 3).map(({ name, url }) => `🖼️ ${link(name, url)}`),
  ];
  const said = `${timeOfDay(at)} · *${mrkdwnLine(who, 60)}* · _${mrkdwnLine(kind, 30)}_\n${mrkdwn(text, 400)}`;
  return section([said, ...linksWithin(ENTRY - said.length, links)].join('\n'));
}

/** In one line; what finds no room is counted. */
function linksWithin(room: number, links: readonly string[]): string[] {
  let shown = 0;
  let length = 20;
  for (; shown < links.length; shown += 1) {
    length += (links[shown]?.length ?? 0) + 3;
    if (length > room) break;
  }
  const rest = links.length - shown;
  const line = [...links.slice(0, shown), ...(rest === 0 ? [] : [`${rest} more`])].join(' · ');
  return line === '' ? [] : [line];
}

function filterText({ filter, people, kinds }: TimelineView): string {
  const who = people.find(({ value }) => value === filter.person)?.label;
  const what = kinds.filter(({ value }) => filter.kinds.includes(value)).map(({ label }) => label);
  const parts = [
    ...(who === undefined ? [] : [`by ${who}`]),
    ...(what.length === 0 ? [] : [what.join(', ')]),
  ];
  return `Only ${mrkdwnLine(parts.join(': '), 200)}`;
}
