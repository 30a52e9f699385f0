import { setTimeout as wait } from 'node:timers/promises';

import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

import type { JsonObject } from '#domain/json.ts';

import { createEventCounters } from './event-counters.ts';

/** How work stands in the queue now; `oldestSeconds` is how late the first ready job is. */
export type QueueState = {
  jobs: readonly { task: string; state: 'ready' | 'running' | 'later'; count: number }[];
  oldestSeconds: number;
  setAside: number;
  openIncidents: number;
};

/**
 * What the running bot counts and measures, in the text format of Prometheus. To tell it of something
 * never fails and never waits. What is counted is of this process; add the replicas up.
 */
export type Telemetry = {
  appended: (events: readonly JsonObject[]) => void;
  jobEnded: (job: { task: string; effect: string; failed: boolean } & Lasted) => void;
  slackCalled: (call: { method: string; outcome: string; tookMs: number }) => void;
  answered: (request: { route: string; status: number; tookMs: number }) => void;
  /** Asked at each scrape; while it can't be told, its metrics have no value. */
  watchQueue: (state: () => Promise<QueueState>) => void;
  exposition: () => Promise<{ contentType: string; text: string }>;
};

/** `lateMs`: from when it was due to its begin. */
type Lasted = { lateMs: number; tookMs: number };

const quick = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const long = [0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 600];

/** Whoever scrapes gives up after ten seconds, and then has nothing at all of us. */
const PATIENCE_MS = 2_000;

export function createTelemetry(version: string, patienceMs = PATIENCE_MS): Telemetry {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const countEvents = createEventCounters(registry);

  const build = new Gauge({
    name: 'handrail_build_info',
    help: 'Always 1; the label says which version runs.',
    labelNames: ['version'],
    registers,
  });
  build.set({ version }, 1);
  const jobSeconds = new Histogram({
    name: 'handrail_job_seconds',
    help: 'How long a job took. effect: what it was for, as far as it did something for a run.',
    labelNames: ['task', 'effect', 'outcome'],
    buckets: long,
    registers,
  });
  const jobLateSeconds = new Histogram({
    name: 'handrail_job_late_seconds',
    help: 'From when a job was due to its begin.',
    labelNames: ['task'],
    buckets: long,
    registers,
  });
  const slackSeconds = new Histogram({
    name: 'handrail_slack_call_seconds',
    help: 'Calls of the Web API of Slack with their waiting for a turn. outcome: ok, or the error.',
    labelNames: ['method', 'outcome'],
    buckets: quick,
    registers,
  });
  const requestSeconds = new Histogram({
    name: 'handrail_web_request_seconds',
    help: 'Requests that were answered.',
    labelNames: ['route', 'status'],
    buckets: quick,
    registers,
  });

  const showQueue = queueGauges(registry);
  let queue: (() => Promise<QueueState>) | null = null;

  return {
    appended: countEvents,
    jobEnded({ task, effect, failed, lateMs, tookMs }) {
      jobSeconds.observe({ task, effect, outcome: failed ? 'failed' : 'done' }, tookMs / 1000);
      jobLateSeconds.observe({ task }, Math.max(0, lateMs) / 1000);
    },
    slackCalled: ({ method, outcome, tookMs }) =>
      slackSeconds.observe({ method, outcome }, tookMs / 1000),
    answered: ({ route, status, tookMs }) =>
      requestSeconds.observe({ route, status }, tookMs / 1000),
    watchQueue(state) {
      queue = state;
    },
    async exposition() {
      const state = queue?.().catch(() => null) ?? null;
      showQueue(await Promise.race([state, wait(patienceMs, null, { ref: false })]));
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

function queueGauges(registry: Registry) {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `handrail_${name}`, help, labelNames, registers: [registry] });
  const jobs = gauge('jobs', 'Jobs in the queue: ready, running, or due later.', ['task', 'state']);
  const late = gauge('jobs_oldest_seconds', 'How late the first of the ready jobs is.');
  const setAside = gauge('jobs_set_aside', 'Jobs that are not tried again.');
  const incidents = gauge('incidents_open', 'Incidents that are open or suggested.');
  return (now: QueueState | null): void => {
    jobs.reset();
    for (const { count, ...labels } of now?.jobs ?? []) jobs.set(labels, count);
    late.set(now?.oldestSeconds ?? Number.NaN);
    setAside.set(now?.setAside ?? Number.NaN);
    incidents.set(now?.openIncidents ?? Number.NaN);
  };
}
