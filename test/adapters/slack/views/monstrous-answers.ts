import * as fc from 'fast-check';

import type { IncidentLine } from '#app/read-models/incident-line.ts';
import type { TimelineView } from '#app/read-models/timeline-view.ts';
import type { FormField, FormView } from '#app/use-cases.ts';

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

/** Ids of inputs are words; what is asked, and with what it begins, is the runbook's and the settings'. */
const field = (id: string): fc.Arbitrary<FormField> => {
  const options = fc.array(fc.record({ value: fc.oneof(text, longUrl), label: text }), {
    maxLength: 120,
  });
  const number = orNull(fc.oneof(fc.double(), fc.constantFrom(3.5, 1e21, -7)));
  const base = { id: fc.constant(id), label: text, hint: orNull(text), optional: fc.boolean() };
  const limit = fc.constantFrom(undefined, 0, 1, 9, 9_000);
  return fc.oneof(
    fc
      .record({ ...base, initial: orNull(text), multiline: fc.boolean(), min: limit, max: limit })
      .map(({ min, max, ...rest }) => ({
        ...rest,
        type: 'text' as const,
        ...(min !== undefined && { minLength: min }),
        ...(max !== undefined && { maxLength: max }),
      })),
    fc.record({
      ...base,
      type: fc.constant('number' as const),
      initial: number,
      integer: fc.boolean(),
      minimum: fc.constantFrom(0, 1),
      maximum: fc.constantFrom(1, 9),
    }),
    fc.record({
      ...base,
      type: fc.constantFrom('select' as const, 'multiselect' as const),
      initial: text,
      options,
    }),
    fc.record({ ...base, type: fc.constant('boolean' as const), initial: fc.boolean() }),
    fc.record({
      ...base,
      type: fc.constant('people' as const),
      initial: text,
      many: fc.boolean(),
    }),
    fc.record({
      ...base,
      type: fc.constant('time' as const),
      initial: fc.oneof(at, fc.constant('1970-01-01T00:00:00.000Z')),
    }),
  );
};

export const monstrousForm: fc.Arbitrary<FormView> = fc.record({
  title: text,
  submit: text,
  text: orNull(text),
  fields: fc
    .nat(130)
    .chain((count) =>
      fc.tuple(
        ...Array.from({ length: count % 7 === 0 ? count : count % 12 }, (_none, index) =>
          field(`field_${index}`),
        ),
      ),
    ),
});
