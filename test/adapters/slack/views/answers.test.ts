import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { incidentListMessage } from '#adapters/slack/views/incident-list.ts';
import { timelineMessage } from '#adapters/slack/views/timeline.ts';

import { isTakenBySlack } from './block-rules.ts';
import { textOf } from './drawn.ts';
import { monstrousIncidents, monstrousTimeline } from './monstrous-answers.ts';

it('a page of the timeline is taken by Slack, whatever is written in it', () => {
  fc.assert(
    fc.property(monstrousTimeline, (view) => {
      const origin = { channel: 'C1', message: null };
      expect(timelineMessage(view, origin)).toSatisfy(isTakenBySlack);
    }),
  );
});

it('a list of incidents is taken by Slack, whatever is written in it', () => {
  fc.assert(
    fc.property(monstrousIncidents, (lines) => {
      expect(incidentListMessage(lines)).toSatisfy(isTakenBySlack);
    }),
  );
});

it('an entry of the timeline counts the pictures that find no room', () => {
  const url = `https://example.slack.com/${'x'.repeat(400)}`;
  const files = ['a', 'b', 'c'].map((name) => ({ name, url }));
  const line = { seq: 1, at: '2026-11-24T09:16:00.000Z', kind: 'note', who: 'ana', text: 'Look' };
  const view = {
    title: '',
    entries: [{ ...line, permalink: null, files }],
    total: 1,
    page: 0,
    pages: 1,
    filter: { kinds: [], person: null },
    kinds: [],
    people: [],
  };
  const drawn = textOf(timelineMessage(view, { channel: 'C1', message: null }));
  expect(drawn).toContain('|a> · 2 more');
});
