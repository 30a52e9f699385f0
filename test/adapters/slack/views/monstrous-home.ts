import * as fc from 'fast-check';

import type { RunbookLine, RunbookList } from '#ports/chat-messages.ts';
import type { Home } from '#ports/home.ts';

import { at, button, many, orNull, person, plan, text } from './monsters.ts';

/** App Home and the lists of runbooks, as `monsters.ts`. */

const runbookLine: fc.Arbitrary<RunbookLine> = fc.record({
  id: text,
  title: text,
  service: text,
  owner: text,
  revision: text,
  findings: fc.record({ errors: fc.nat(), warnings: fc.nat() }),
  review: fc.record({ reviewed: orNull(text), due: orNull(text), overdue: fc.boolean() }),
  proof: orNull(
    fc.record({ at, how: fc.constantFrom('live', 'dryRun', 'drill'), older: orNull(text) }),
  ),
  attention: many(text),
});

export const monstrousList: fc.Arbitrary<RunbookList> = fc.record({
  runbooks: many(runbookLine),
  files: many(fc.record({ owner: orNull(text), text })),
});

const channel = orNull(fc.oneof(text, fc.constant('C1')));
const finding = fc.record({
  area: text,
  status: fc.constantFrom('ok', 'problem', 'notSet'),
  text,
});

const named = { incident: text, title: text, severity: text, drill: fc.boolean(), channel };

export const monstrousHome: fc.Arbitrary<Home> = fc.record({
  incidents: many(
    fc.record({
      ...named,
      commander: orNull(person),
      startedAt: at,
      step: orNull(text),
      next: orNull(text),
      roles: many(text),
    }),
  ),
  approvals: many(
    fc.record({
      title: text,
      incident: orNull(text),
      channel,
      requester: person,
      since: at,
      plan,
      buttons: many(button),
    }),
  ),
  runbooks: monstrousList,
  postMortems: fc.array(
    fc.record({
      ...named,
      startedAt: at,
      resolvedAt: at,
      links: many(fc.record({ label: text, url: fc.oneof(fc.webUrl(), text) })),
      state: text,
    }),
    { maxLength: 5 },
  ),
  selfCheck: orNull(fc.record({ last: orNull(fc.record({ at, findings: many(finding) })) })),
});
