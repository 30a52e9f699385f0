import type { Actor } from '#domain/ids.ts';
import type { Runbook, RunbookDocument, Step } from '#domain/runbook/runbook.ts';
import type { StreamEvent } from '#domain/stream/stream.ts';
import type { RecordedEvent } from '#domain/timeline/recorded-event.ts';

/** The checkout incident as a record, written by hand: every event a bad deploy and its rollback leave. */

export const ana: Actor = { kind: 'person', id: 'U1ANA', name: 'Ana' };
export const ben: Actor = { kind: 'person', id: 'U2BEN', name: 'Ben' };
export const machine: Actor = { kind: 'bot', id: 'handrail', name: 'Handrail' };
export const alertmanager: Actor = { kind: 'alert', id: 'alertmanager', name: 'Alertmanager' };

/** `09:10:30` of the day of the incident, as the record writes it. */
export function clock(time: string): string {
  return `2026-11-22T${time}.000Z`;
}

function step(fields: Partial<Step> & Pick<Step, 'id' | 'title' | 'uses'>): Step {
  return {
    why: null,
    repeats: null,
    if: null,
    with: {},
    pass: null,
    fail: null,
    noData: 'inconclusive',
    finding: {},
    outputs: {},
    timeout: null,
    retry: null,
    watch: null,
    foreach: null,
    steps: [],
    approval: null,
    fallback: null,
    next: {},
    ...fields,
  };
}

const runbook: Runbook = {
  id: 'checkout-bad-gateway-url',
  title: 'Checkout returns 5xx after a deploy',
  service: 'checkout',
  owner: 'payments',
  links: {},
  reviewed: null,
  review: null,
  triggers: [],
  inputs: {},
  steps: [
    step({ id: 'symptom', title: 'Is checkout failing', uses: 'check.metric' }),
    step({ id: 'what_changed', title: 'What changed', uses: 'deploys.list' }),
    step({
      id: 'config',
      title: 'Do the shipped URLs point at the right hosts',
      uses: 'check.config',
    }),
    step({ id: 'gateways', title: 'Are the gateways healthy', uses: 'check.http' }),
    step({
      id: 'decide',
      title: 'Decide',
      uses: 'choose',
      with: {
        question: 'What do we do?',
        options: { rollback: { label: 'Roll back', next: 'rollback' } },
      },
    }),
    step({ id: 'rollback', title: 'Roll back checkout', uses: 'deploys.rollback' }),
    step({ id: 'recovery', title: 'Healthy again', uses: 'check.metric', repeats: 'symptom' }),
    step({ id: 'resolve', title: 'Resolve and tell people', uses: 'incident.resolve' }),
  ],
};

export const document: RunbookDocument = {
  runbook,
  digest: 'd1',
  file: 'checkout/bad-gateway-url.yaml',
  commit: null,
};

export const run = 'R1';

type Entered = Extract<StreamEvent, { type: 'StepEntered' }>;
type Finished = Extract<StreamEvent, { type: 'StepFinished' }>;
type Measured = Extract<StreamEvent, { type: 'Measured' }>;

export function declared(
  at: string,
  more: Partial<Extract<StreamEvent, { type: 'IncidentDeclared' }>> = {},
): StreamEvent {
  return {
    type: 'IncidentDeclared',
    at: clock(at),
    actor: alertmanager,
    incident: 'INC-1',
    severity: 'sev1',
    service: 'checkout',
    environment: 'production',
    drill: false,
    declared: true,
    startedAt: clock('09:10:30'),
    alert: { group: 'g', labels: { alertname: 'CheckoutErrorRateHigh' } },
    texts: { title: 'Checkout returns 500s' },
    ...more,
  };
}

export function runStarted(at: string): StreamEvent {
  return {
    type: 'RunStarted',
    at: clock(at),
    actor: machine,
    run,
    document,
    called: {},
    inputs: { environment: 'production' },
    mode: 'live',
    service: 'checkout',
    environment: 'production',
    parent: null,
    alert: null,
    since: clock('09:10:30'),
    waits: false,
    severity: 'sev1',
  };
}

export function moved(time: string, steps: string[]): StreamEvent {
  const position = { kind: 'at' as const, steps, after: null };
  return { type: 'PositionSet', at: clock(time), actor: machine, run, position, moved: false };
}

export function entered(time: string, id: string, more: Partial<Entered> = {}): StreamEvent {
  return {
    type: 'StepEntered',
    at: clock(time),
    actor: machine,
    run,
    step: id,
    visit: 1,
    purpose: 'route',
    activities: [],
    write: false,
    ...more,
  };
}

/** A read with its one activity. */
export function checking(time: string, id: string): StreamEvent {
  return entered(time, id, { activities: [{ path: id, step: id, item: null }] });
}

export function asked(time: string, id: string, question: string): StreamEvent {
  return entered(time, id, { escalation: [], draft: { question } });
}

export function measured(time: string, id: string, more: Partial<Measured> = {}): StreamEvent {
  return {
    type: 'Measured',
    at: clock(time),
    actor: machine,
    run,
    step: id,
    visit: 1,
    path: id,
    sample: 1,
    attempt: 1,
    with: {},
    measurement: { kind: 'measured', result: { value: 0.41 }, summary: '0.41' },
    verdict: 'fail',
    summary: '0.41',
    next: null,
    passingSince: null,
    ...more,
  };
}

export function finished(time: string, id: string, more: Partial<Finished> = {}): StreamEvent {
  return {
    type: 'StepFinished',
    at: clock(time),
    actor: machine,
    run,
    step: id,
    visit: 1,
    status: 'succeeded',
    verdict: null,
    outcome: 'succeeded',
    finding: '',
    outputs: {},
    result: null,
    ...more,
  };
}

const inRollback = { run, step: 'rollback', visit: 1 };
const plan = {
  action: 'rollback',
  service: 'checkout',
  environment: 'production',
  from: { id: 'd-1842', build: '1842' },
  to: { id: 'd-1841', build: '1841' },
};

export const checkoutIncident: readonly StreamEvent[] = [
  declared('09:11:00'),
  runStarted('09:11:01'),
  moved('09:11:01', ['symptom', 'what_changed']),
  checking('09:11:01', 'symptom'),
  checking('09:11:01', 'what_changed'),
  measured('09:11:03', 'symptom'),
  finished('09:11:03', 'symptom', {
    verdict: 'fail',
    outcome: 'fail',
    finding: '41 % of orders fail',
    result: { value: 0.41 },
  }),
  finished('09:11:04', 'what_changed', {
    verdict: 'fail',
    outcome: 'fail',
    finding: '1842 shipped 1m before',
    result: {
      suspect: {
        id: 'd-1842',
        build: '1842',
        actor: 'carl',
        finishedAt: clock('09:10:00'),
        before: '30s',
      },
    },
  }),
  checking('09:11:04', 'config'),
  finished('09:11:06', 'config', {
    verdict: 'fail',
    outcome: 'fail',
    finding: '1 violation',
    result: {
      violations: [{ key: 'PAYMENT_GATEWAY_URL', rule: 'url.host', message: 'host is wrong' }],
    },
  }),
  checking('09:11:06', 'gateways'),
  measured('09:11:07', 'gateways', { verdict: 'pass' }),
  finished('09:11:07', 'gateways', { verdict: 'pass', outcome: 'pass', finding: '200 in 80ms' }),
  moved('09:11:07', ['decide']),
  asked('09:11:07', 'decide', 'What do we do?'),
  { type: 'RoleAssigned', at: clock('09:11:40'), actor: ana, role: 'commander', person: ana },
  {
    type: 'Chosen',
    at: clock('09:12:07'),
    actor: ana,
    run,
    step: 'decide',
    visit: 1,
    option: 'rollback',
  },
  finished('09:12:07', 'decide', { actor: ana, outcome: 'rollback', finding: 'Roll back' }),
  moved('09:12:07', ['rollback']),
  entered('09:12:07', 'rollback', { actor: ana, write: true }),
  {
    type: 'PlanComputed',
    at: clock('09:12:08'),
    actor: machine,
    ...inRollback,
    preview: false,
    plan: { kind: 'plan', plan, hash: 'h1', migrations: [] },
    expiresAt: clock('09:27:08'),
  },
  {
    type: 'ApprovalRequested',
    at: clock('09:12:08'),
    actor: machine,
    ...inRollback,
    hash: 'h1',
    required: 1,
    groups: ['payments'],
    breakGlass: [],
    oncall: 'payments-oncall',
    requester: ana,
    escalation: [],
  },
  { type: 'Approved', at: clock('09:12:38'), actor: ben, ...inRollback, hash: 'h1' },
  {
    type: 'WriteStarted',
    at: clock('09:12:39'),
    actor: machine,
    ...inRollback,
    attempt: 1,
    key: 'R1/rollback/1',
    sendBy: clock('09:12:59'),
    giveUpAt: clock('09:22:39'),
  },
  finished('09:13:39', 'rollback', {
    finding: 'Rolled back 1842 → 1841',
    result: { status: 'succeeded' },
  }),
  moved('09:13:39', ['recovery']),
  checking('09:13:39', 'recovery'),
  measured('09:13:40', 'recovery', {
    next: { at: clock('09:13:50'), sample: 2, attempt: 1 },
  }),
  measured('09:13:50', 'recovery', {
    sample: 2,
    verdict: 'pass',
    summary: '0.01',
    next: { at: clock('09:14:00'), sample: 3, attempt: 1 },
    passingSince: clock('09:13:50'),
  }),
  measured('09:14:00', 'recovery', {
    sample: 3,
    verdict: 'pass',
    summary: '0.01',
    next: { at: clock('09:14:10'), sample: 4, attempt: 1 },
    passingSince: clock('09:13:50'),
  }),
  measured('09:14:10', 'recovery', { sample: 4, verdict: 'pass', passingSince: clock('09:13:50') }),
  finished('09:14:10', 'recovery', {
    verdict: 'pass',
    outcome: 'pass',
    finding: '0.8 % of orders fail',
  }),
  asked('09:14:10', 'resolve', ''),
  { type: 'Confirmed', at: clock('09:15:10'), actor: ana, run, step: 'resolve', visit: 1 },
  {
    type: 'IncidentResolved',
    at: clock('09:15:10'),
    actor: ana,
    followUps: ['Run the configuration check in CI before each deploy'],
    texts: { cause: 'Deploy 1842 shipped 1 wrong setting.' },
  },
  finished('09:15:10', 'resolve', { actor: ana, finding: 'Incident resolved' }),
  {
    type: 'RunEnded',
    at: clock('09:15:10'),
    actor: machine,
    run,
    status: 'succeeded',
    verdict: 'fail',
  },
];

/** Each event a second after it happened, with a hash that names its place. */
export function record(events: readonly StreamEvent[]): RecordedEvent[] {
  return events.map((event, index) => ({
    position: index + 1,
    recordedAt: new Date(Date.parse(event.at) + 1_000).toISOString(),
    hash: `hash-${index + 1}`,
    event,
  }));
}
