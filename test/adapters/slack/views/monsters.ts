import * as fc from 'fast-check';

import type {
  Button,
  ChatMessage,
  PlanView,
  Question,
  Stamp,
  StepLine,
  StepMark,
} from '#ports/chat-messages.ts';

/** View models with texts and lists far beyond anything sane, and hostile. */

export const text = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.constantFrom(
    '<!channel> <@U0BEN> <https://evil.example|ok>',
    '&<>'.repeat(1_100),
    '🚀'.repeat(1_600),
    '\n'.repeat(50),
    '\u202e\u0007',
    '',
  ),
);
export const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary);
export const many = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 60 });
export const person = fc.record({ id: text, name: text });
export const at = fc.constantFrom('2026-11-24T09:16:00.000Z', 'not a time');
const record = fc.record({
  position: fc.constantFrom(1, 2_147_483_647),
  hash: fc.constant('3f'.repeat(32)),
});
const mark = fc.constantFrom<StepMark>(
  'pending',
  'running',
  'waiting',
  'ok',
  'problem',
  'noData',
  'done',
  'skipped',
  'failed',
  'unknown',
  'cancelled',
);

const stamp: fc.Arbitrary<Stamp> = fc.record({ what: text, by: person, at, reason: orNull(text) });

export const button: fc.Arbitrary<Button> = fc.record({
  control: fc.oneof(text, fc.constant('c'.repeat(2_500)), fc.constant('c-1')),
  label: text,
  style: fc.constantFrom('primary', 'danger', null),
  confirm: orNull(fc.record({ title: text, text, confirm: text, deny: text })),
});

export const plan: fc.Arbitrary<PlanView> = fc.record({
  what: text,
  where: text,
  from: text,
  to: text,
  details: many(text),
  warnings: many(text),
  expiresAt: orNull(at),
});

const few = fc.array(stamp, { maxLength: 4 });
const leaf = {
  id: text,
  title: text,
  mark,
  text,
  stale: fc.boolean(),
  at: orNull(at),
  stamps: few,
  holds: orNull(fc.record({ seconds: fc.nat(90_000), of: fc.nat(90_000) })),
};
const child: fc.Arbitrary<StepLine> = fc.record({ ...leaf, children: fc.constant([]) });
const step: fc.Arbitrary<StepLine> = fc.record({
  ...leaf,
  children: fc.array(child, { maxLength: 12 }),
});

const question: fc.Arbitrary<Question> = fc.record({
  kind: fc.constantFrom('start', 'choose', 'form', 'manual', 'approval', 'confirm', 'ask'),
  step: text,
  title: text,
  why: orNull(text),
  text,
  options: many(
    fc.record({
      control: text,
      label: text,
      detail: text,
      recommended: fc.boolean(),
      plan: orNull(plan),
    }),
  ),
  plan: orNull(plan),
  tooOld: fc.boolean(),
  who: text,
  since: at,
  buttons: many(button),
});

const status = fc.constantFrom('open', 'resolved', 'merged');
const brief = many(fc.record({ label: text, text }));

export const monster: fc.Arbitrary<ChatMessage> = fc.oneof(
  fc.record({
    kind: fc.constant('incident-card'),
    incident: text,
    title: text,
    severity: text,
    status,
    mitigatedAt: orNull(at),
    service: orNull(text),
    environment: orNull(text),
    drill: fc.boolean(),
    private: fc.boolean(),
    commander: orNull(person),
    roles: many(fc.record({ role: text, person })),
    startedAt: at,
    resolvedAt: orNull(at),
    step: orNull(text),
    finding: orNull(text),
    next: orNull(text),
    alert: fc.constantFrom('firing', 'resolved', null),
    nextUpdate: orNull(at),
    cause: orNull(text),
    related: many(fc.record({ text, channel: orNull(text) })),
    links: many(
      fc.record({
        label: text,
        url: fc.oneof(fc.webUrl(), text, fc.constant(`https://x.example/${'<|&>'.repeat(900)}`)),
      }),
    ),
    problems: many(text),
    buttons: many(button),
  }),
  fc.record({
    kind: fc.constant('run'),
    run: text,
    runbook: text,
    title: text,
    revision: text,
    newerVersion: orNull(text),
    mode: fc.constantFrom('live', 'dryRun', 'drill'),
    status: fc.constantFrom('running', 'waiting', 'succeeded', 'failed', 'stopped'),
    startedBy: person,
    startedAt: at,
    endedAt: orNull(at),
    steps: many(step),
    evidence: many(step),
    picture: orNull(fc.record({ file: fc.constant('F0CHART'), title: text, alt: text })),
    question: orNull(question),
    steering: many(button),
    record: orNull(record),
  }),
  fc.record({
    kind: fc.constant('approval'),
    title: text,
    incident: orNull(text),
    channel: orNull(text),
    requester: person,
    why: orNull(text),
    plan,
    buttons: many(button),
    outcome: fc.oneof(stamp, fc.record({ text }), fc.constant(null)),
    record,
  }),
  fc.record({
    kind: fc.constant('evidence'),
    title: text,
    summary: text,
    raw: text,
    whole: text,
    record,
  }),
  fc.record({
    kind: fc.constant('suggestion'),
    title: text,
    severity: text,
    service: orNull(text),
    labels: many(fc.record({ name: text, value: text })),
    findings: many(step),
    buttons: many(button),
    outcome: orNull(stamp),
  }),
  fc.record({
    kind: fc.constant('announcement'),
    incident: text,
    title: text,
    severity: text,
    status,
    drill: fc.boolean(),
    channel: orNull(text),
    commander: orNull(person),
    startedAt: at,
    resolvedAt: orNull(at),
    summary: text,
    buttons: many(button),
    record: orNull(record),
  }),
  fc.record({
    kind: fc.constant('reminder'),
    drill: fc.boolean(),
    last: orNull(at),
    draft: text,
    mention: many(text),
    buttons: many(button),
    outcome: orNull(stamp),
  }),
  fc.record({
    kind: fc.constant('role'),
    role: text,
    incident: text,
    title: text,
    drill: fc.boolean(),
    channel: orNull(text),
    from: orNull(person),
    note: orNull(text),
    instructions: orNull(text),
    brief,
    open: many(text),
  }),
  fc.record({
    kind: fc.constant('notice'),
    text,
    by: orNull(person),
    mention: many(text),
    record: orNull(record),
  }),
  fc.record({
    kind: fc.constant('catch-up'),
    about: orNull(
      fc.record({
        title: text,
        severity: text,
        drill: fc.boolean(),
        status,
        mitigatedAt: orNull(at),
        commander: orNull(person),
        nextUpdate: orNull(at),
        channel: orNull(text),
      }),
    ),
    lines: many(fc.record({ at, text, by: orNull(person) })),
    waiting: many(text),
    now: at,
    mention: many(fc.oneof(text, fc.constantFrom('U0BEN', 'S0PAY'))),
    record: orNull(record),
    timeline: text,
  }),
);
