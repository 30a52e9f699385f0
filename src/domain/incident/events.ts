import { z } from 'zod';

import { ActorSchema, Verdict } from '#domain/run/events.ts';

/** What happened in an incident. The same rules hold as for the events of a run. */
const at = z.iso.datetime();
const texts = z.record(z.string(), z.string().nullable());
const common = { at, actor: ActorSchema };

export const IncidentEvent = z.discriminatedUnion('type', [
  z.object({
    ...common,
    type: z.literal('IncidentDeclared'),
    incident: z.string(),
    severity: z.string(),
    service: z.string().nullable(),
    environment: z.string().nullable(),
    drill: z.boolean(),
    /** False: an alert that only suggests. It has no channel until a person declares. */
    declared: z.boolean(),
    /** When the trouble began: the first alert's start, else the declaration. */
    startedAt: at,
    alert: z.object({ group: z.string(), labels: z.record(z.string(), z.string()) }).nullable(),
    /** `title`. */
    texts,
  }),
  /** A person declared what an alert had suggested. */
  z.object({ ...common, type: z.literal('SuggestionTaken') }),
  z.object({ ...common, type: z.literal('SuggestionDismissed') }),
  z.object({ ...common, type: z.literal('ChannelOpened'), channel: z.string(), name: z.string() }),
  /** Something outside of the incident's own record failed; the incident goes on. */
  z.object({ ...common, type: z.literal('ProblemNoted'), key: z.string(), message: z.string() }),
  z.object({
    ...common,
    type: z.literal('AlertChanged'),
    group: z.string(),
    status: z.enum(['firing', 'resolved']),
    alerts: z.array(
      z.object({
        fingerprint: z.string(),
        status: z.enum(['firing', 'resolved']),
        labels: z.record(z.string(), z.string()),
        summary: z.string(),
        startsAt: at,
        endsAt: at.nullable(),
      }),
    ),
  }),
  z.object({
    ...common,
    type: z.literal('NoteAdded'),
    /** When it happened, which may be before it was written down. */
    happenedAt: at,
    source: z
      .object({ permalink: z.string().nullable(), message: z.string(), author: ActorSchema })
      .nullable(),
    texts,
  }),
  /** What a note was made of was edited: the note says the same. */
  z.object({ ...common, type: z.literal('NoteChanged'), message: z.string(), texts }),
  /** Its reaction or its message is gone: the note is no longer shown, and stays on the record. */
  z.object({ ...common, type: z.literal('NoteWithdrawn'), message: z.string() }),
  z.object({ ...common, type: z.literal('SeverityChanged'), from: z.string(), to: z.string() }),
  z.object({
    ...common,
    type: z.literal('RoleAssigned'),
    role: z.string(),
    person: ActorSchema,
  }),
  z.object({ ...common, type: z.literal('UpdatePosted'), texts }),
  z.object({
    ...common,
    type: z.literal('IncidentResolved'),
    followUps: z.array(z.string()),
    texts,
  }),
  /** What a run found that stands outside of the incident and declared it. */
  z.object({
    ...common,
    type: z.literal('FindingsBrought'),
    /** The run, in whose stream the rest is. */
    from: z.object({
      run: z.string(),
      runbook: z.string(),
      title: z.string(),
      revision: z.string(),
    }),
    findings: z.array(z.object({ title: z.string(), verdict: Verdict, finding: z.string(), at })),
  }),
  z.object({ ...common, type: z.literal('IncidentReopened'), texts: texts.optional() }),
  /** Texts were taken out of the record: those of an entry, and where they stood again. */
  z.object({
    ...common,
    type: z.literal('TextsRedacted'),
    entry: z.int().min(1),
    positions: z.array(z.int().min(1)),
  }),
]);
export type IncidentEvent = z.infer<typeof IncidentEvent>;
