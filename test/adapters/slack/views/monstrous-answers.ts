import * as fc from 'fast-check';

import type { IncidentLine } from '#app/read-models/incident-line.ts';
import type { TimelineView } from '#app/read-models/timeline-view.ts';

import { at, many, orNull, text } from './monsters.ts';

/** What only one person is shown, as `monsters.ts`. */

const longUrl = fc.constant(`https://x.example/${'a'.repeat(450)}`);
const url = fc.oneof(fc.webUrl(), text, longUrl);
const choices = fc.array(fc.record({ value: text, label: text }), { maxLength: 5 });

const fullFiles = Array.from({ length: 5 }, () => ({
  name: '🚀'.repeat(50),
  url: `https://x.example/${'a'.repeat(450)}`,
}));

function entryOf(
  said: fc.Arbitrary<string>,
  files: fc.Arbitrary<TimelineView['entries'][number]['files']>,
): fc.Arbitrary<TimelineView['entries'][number]> {
  const kind = said;
  return fc.record({
    seq: fc.nat(),
    at,
    kind,
    who: said,
    text: said,
    permalink: orNull(url),
    files,
  });
}

export const monstrousTimeline: fc.Arbitrary<TimelineView> = fc.record({
  incident: text,
  title: text,
  entries: fc.oneof(
    fc.array(entryOf(text, fc.array(fc.record({ name: text, url }), { maxLength: 10 })), {
      maxLength: 12,
    }),
    // As much of everything as there can be.
    fc.array(entryOf(fc.constant('&<>'.repeat(1_100)), fc.constant(fullFiles)), {
      minLength: 12,
      maxLength: 12,
    }),
  ),
  total: fc.nat(),
  page: fc.constantFrom(0, 1, 2),
  pages: fc.constant(3),
  filter: fc.record({ kinds: fc.array(text, { maxLength: 5 }), person: orNull(text) }),
  kinds: choices,
  people: choices,
});

export const monstrousIncidents: fc.Arbitrary<IncidentLine[]> = many(
  fc.record({
    id: text,
    title: text,
    severity: text,
    drill: fc.boolean(),
    private: fc.boolean(),
    channel: orNull(fc.oneof(text, fc.constant('C1'))),
    commander: orNull(text),
    startedAt: at,
    minutes: fc.nat(),
  }),
);
