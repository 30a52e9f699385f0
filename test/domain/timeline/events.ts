import type { Actor } from '#domain/ids.ts';
import type { Runbook, RunbookDocument, Step } from '#domain/runbook/runbook.ts';
import type { StreamEvent } from '#domain/stream/stream.ts';
import type { RecordedEvent } from '#domain/timeline/recorded-event.ts';

/** Events by hand, for an incident and one run of the checkout runbook. */

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
    step({
      id: 'symptom',
      title: 'Is checkout failing',
      uses: 'check.metric',
      with: { metric: 'error_rate' },
    }),
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
    step({
      id: 'recovery',
      title: 'Healthy again',
      uses: 'check.metric',
      repeats: 'symptom',
      with: { metric: 'error_rate' },
    }),
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

export function runStarted(
  at: string,
  more: Partial<Extract<StreamEvent, { type: 'RunStarted' }>> = {},
): StreamEvent {
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
    ...more,
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

/** Each event a second after it happened, with a hash that names its place. */
export function record(events: readonly StreamEvent[]): RecordedEvent[] {
  return events.map((event, index) => ({
    position: index + 1,
    recordedAt: new Date(Date.parse(event.at) + 1_000).toISOString(),
    hash: `hash-${index + 1}`,
    event,
  }));
}
