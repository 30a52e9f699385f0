import { z } from 'zod';

import type { Json, JsonObject } from '#domain/json.ts';
import type { RunbookDocument } from '#domain/runbook/runbook.ts';

/**
 * What happened in a run of a runbook.
 *
 * Stored for ever and read by every later version: new types and new optional fields only, never a
 * changed meaning. Strict when written, unknown fields dropped when read. What a person typed stands
 * under `texts`, so that it can be erased from the record without breaking its chain; an erased text
 * reads as null.
 */
const at = z.iso.datetime();
const json = z.custom<Json>((value) => value !== undefined);
const object = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null);
const document = z.custom<RunbookDocument>((value) => typeof value === 'object' && value !== null);
const texts = z.record(z.string(), z.string().nullable());

export const ActorSchema = z.object({
  kind: z.enum(['person', 'bot', 'alert']),
  id: z.string(),
  name: z.string(),
});

export const Verdict = z.enum(['pass', 'fail', 'inconclusive']);
export type Verdict = z.infer<typeof Verdict>;

export const StepStatus = z.enum([
  'succeeded',
  'failed',
  'timedOut',
  'skipped',
  'cancelled',
  'unknown',
]);
export type StepStatus = z.infer<typeof StepStatus>;

export const RunStatus = z.enum(['succeeded', 'failed', 'stopped']);

const common = { at, actor: ActorSchema, run: z.string() };
const visit = { ...common, step: z.string(), visit: z.int().min(1) };

export const MeasurementRecord = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('measured'), result: object, summary: z.string() }),
  z.object({
    kind: z.literal('unreachable'),
    code: z.string(),
    message: z.string(),
    result: object,
  }),
  z.object({ kind: z.literal('unavailable'), message: z.string(), retry: z.boolean() }),
  /** A nested step whose `if` is false: it counts for nothing. */
  z.object({ kind: z.literal('skipped') }),
]);
export type MeasurementRecord = z.infer<typeof MeasurementRecord>;

export const PlanRecord = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('plan'),
    plan: object,
    /** Hash of what matters in the plan: approval binds to it. */
    hash: z.string(),
    /** Paths that match the service's migration patterns. */
    migrations: z.array(z.string()),
  }),
  z.object({ kind: z.literal('notNeeded'), message: z.string() }),
  z.object({ kind: z.literal('noTarget'), message: z.string() }),
  z.object({ kind: z.literal('unavailable'), message: z.string() }),
]);
export type PlanRecord = z.infer<typeof PlanRecord>;

/** A metric over a time, as its back end had it. */
export const SeriesRecord = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('observed'),
    /** The metric's name in the settings, or null for a query of the step's own. */
    metric: z.string().nullable(),
    from: at,
    to: at,
    /** Seconds since `from`, and the value then; null where there was none. */
    points: z.array(z.tuple([z.number(), z.number().nullable()])),
  }),
  z.object({ kind: z.literal('unavailable'), message: z.string() }),
]);
export type SeriesRecord = z.infer<typeof SeriesRecord>;

/** Whom a wait for people tells, and when, counted from its beginning. */
const escalation = z.array(z.object({ afterMs: z.int().min(0), tell: z.string() }));

export const RunEvent = z.discriminatedUnion('type', [
  z.object({
    ...common,
    type: z.literal('RunStarted'),
    document,
    /** The runbooks that this one calls, at any depth, as they were when it began. */
    called: z.record(z.string(), document),
    inputs: object,
    mode: z.enum(['live', 'dryRun', 'drill']),
    service: z.string(),
    environment: z.string(),
    parent: z.object({ run: z.string(), step: z.string(), visit: z.int() }).nullable(),
    /** Labels of the alert that triggered it. */
    alert: z.record(z.string(), z.string()).nullable(),
    /** The beginning of the trouble: the incident's start, else the run's. */
    since: at,
    /** True: it waits for Start. */
    waits: z.boolean(),
    /** A dry run that nobody watches; see `probe.ts`. */
    unattended: z.boolean().optional(),
    severity: z.string().nullable(),
  }),
  z.object({ ...common, type: z.literal('RunBegan') }),
  z.object({
    ...visit,
    type: z.literal('StepEntered'),
    /** `route`: the run is here now. `rerun`: checked again from the side; the run stays where it is. */
    purpose: z.enum(['route', 'rerun']),
    /** Reads: what is to be measured. A top-level read has one activity, with the step's id as path. */
    activities: z.array(z.object({ path: z.string(), step: z.string(), item: json })),
    /** True for a step that writes: it begins with its plan. */
    write: z.boolean(),
    escalation: escalation.optional(),
    /** Steps of people: the text of the question, rendered when it was asked. */
    draft: object.optional(),
  }),
  z.object({
    ...common,
    type: z.literal('PositionSet'),
    position: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('at'),
        steps: z.array(z.string()),
        /** Set while the reads of a `go to` run: the step that was asked for. */
        after: z.string().nullable(),
      }),
      z.object({
        kind: z.literal('ask'),
        step: z.string(),
        reason: z.string(),
        escalation,
      }),
    ]),
    /** True when a person's act brought the run here: that person is the requester of what follows. */
    moved: z.boolean(),
    texts: texts.optional(),
  }),
  z.object({
    ...visit,
    type: z.literal('Measured'),
    path: z.string(),
    sample: z.int().min(1),
    attempt: z.int().min(1),
    with: object,
    measurement: MeasurementRecord,
    verdict: Verdict,
    summary: z.string(),
    /** What is measured next: a retry of this sample, or the next sample of a watch. */
    next: z.object({ at, sample: z.int().min(1), attempt: z.int().min(1) }).nullable(),
    /** Watches: when the present stretch of passes began. */
    passingSince: at.nullable(),
  }),
  /** For the curve that people look at; `moment` is one of `observation.ts`. Nothing is judged by it. */
  z.object({
    ...visit,
    type: z.literal('SeriesObserved'),
    moment: z.string(),
    series: SeriesRecord,
  }),
  z.object({
    ...visit,
    type: z.literal('StepFinished'),
    status: StepStatus,
    verdict: Verdict.nullable(),
    outcome: z.string(),
    finding: z.string(),
    outputs: object,
    result: object.nullable(),
    /** A write that was done by its fallback. */
    byHand: z.boolean().optional(),
    /** A called runbook that wrote. */
    wrote: z.boolean().optional(),
    texts: texts.optional(),
  }),
  z.object({
    ...visit,
    type: z.literal('PlanComputed'),
    /** True: for the option of a choice, before the write itself was entered. */
    preview: z.boolean(),
    plan: PlanRecord,
    expiresAt: at,
  }),
  z.object({
    ...visit,
    type: z.literal('ApprovalRequested'),
    hash: z.string(),
    required: z.int().min(0),
    groups: z.array(z.string()),
    breakGlass: z.array(z.string()),
    oncall: z.string(),
    requester: ActorSchema,
    escalation,
  }),
  z.object({ ...visit, type: z.literal('Approved'), hash: z.string(), texts: texts.optional() }),
  z.object({ ...visit, type: z.literal('Rejected'), texts: texts.optional() }),
  z.object({ ...visit, type: z.literal('GlassBroken'), hash: z.string(), texts }),
  /** The plan is no longer good: it grew old, or the world changed under it. */
  z.object({ ...visit, type: z.literal('PlanDropped'), reason: z.string() }),
  z.object({
    ...visit,
    type: z.literal('WriteStarted'),
    attempt: z.int().min(1),
    key: z.string(),
    /** Nothing is sent by this attempt after that time. */
    sendBy: at,
    giveUpAt: at,
  }),
  z.object({ ...visit, type: z.literal('WriteProgressed'), attempt: z.int(), message: z.string() }),
  /** It failed, and `retry` has it tried again at `nextAt` under another key. */
  z.object({ ...visit, type: z.literal('WriteFailed'), message: z.string(), nextAt: at }),
  z.object({ ...visit, type: z.literal('Chosen'), option: z.string(), texts: texts.optional() }),
  z.object({
    ...visit,
    type: z.literal('Answered'),
    /** Form values that are not free text; the free text stands under `texts`. */
    values: object,
    texts: texts.optional(),
  }),
  z.object({ ...visit, type: z.literal('MarkedDone'), texts: texts.optional() }),
  z.object({ ...visit, type: z.literal('Confirmed'), texts: texts.optional() }),
  z.object({
    ...common,
    type: z.literal('Escalated'),
    step: z.string(),
    /** Which rung of the ladder, from 0. */
    rung: z.int().min(0),
    since: at,
    tell: z.string(),
  }),
  z.object({ ...visit, type: z.literal('Told'), to: z.array(z.string()), text: z.string() }),
  z.object({
    ...common,
    type: z.literal('RunEnded'),
    status: RunStatus,
    verdict: Verdict,
    texts: texts.optional(),
  }),
]);
export type RunEvent = z.infer<typeof RunEvent>;
