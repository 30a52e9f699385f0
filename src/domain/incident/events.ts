import { z } from 'zod';

import { ActorSchema, Verdict } from '#domain/run/events.ts';

import { Moment } from './moment.ts';
import { ExportedPostMortem } from './post-mortem-export.ts';

/** What happened in an incident. The same rules hold as for the events of a run. */
const at = z.iso.datetime();
const texts = z.record(z.string(), z.string().nullable());
const common = { at, actor: ActorSchema };
/** When somebody is next reminded of an update; null or absent: never. */
const nextUpdate = at.nullable().optional();
const Channel = z.object({ id: z.string(), name: z.string() });

/** A file of a noted message: where people find it in chat, and where its bytes are; null: not for us. */
const NotedFile = z.object({
  name: z.string(),
  type: z.string(),
  url: z.string(),
  source: z.string().nullable().default(null),
});
export type NotedFile = z.infer<typeof NotedFile>;

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
    /** Absent: not. Its channel is private, and nobody is told of it who was not invited. */
    private: z.boolean().optional(),
    nextUpdate,
    alert: z.object({ group: z.string(), labels: z.record(z.string(), z.string()) }).nullable(),
    /** `title`. */
    texts,
  }),
  /** A person declared what an alert had suggested. */
  z.object({ ...common, type: z.literal('SuggestionTaken'), nextUpdate }),
  z.object({ ...common, type: z.literal('SuggestionDismissed') }),
  z.object({ ...common, type: z.literal('ChannelOpened'), channel: z.string(), name: z.string() }),
  /** Something outside of the incident's own record failed; the incident goes on. */
  z.object({ ...common, type: z.literal('ProblemNoted'), key: z.string(), message: z.string() }),
  /** `message` is that of the problem. */
  z.object({ ...common, type: z.literal('ProblemSolved'), key: z.string(), message: z.string() }),
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
    /** Who noted it, where it comes from an incident that was merged. */
    by: ActorSchema.optional(),
    source: z
      .object({
        permalink: z.string().nullable(),
        message: z.string(),
        /** Of which edit of the message the note is; a later one is greater. */
        edited: z.string().optional(),
        author: ActorSchema,
        /** What was attached to the message. */
        files: z.array(NotedFile).optional(),
      })
      .nullable(),
    texts,
  }),
  /** Our own copy of a picture of a note, which stays when the message goes; null: it could not be had. */
  z.object({
    ...common,
    type: z.literal('PictureKept'),
    message: z.string(),
    /** Of the message's files, from 0. */
    file: z.int().min(0),
    copy: z.string().nullable(),
  }),
  /** What a note was made of was edited: the note says the same. */
  z.object({
    ...common,
    type: z.literal('NoteChanged'),
    message: z.string(),
    edited: z.string().optional(),
    texts,
  }),
  /** Its reaction or its message is gone: the note is no longer shown, and stays on the record. */
  z.object({ ...common, type: z.literal('NoteWithdrawn'), message: z.string() }),
  z.object({
    ...common,
    type: z.literal('SeverityChanged'),
    from: z.string(),
    to: z.string(),
    nextUpdate,
  }),
  z.object({
    ...common,
    type: z.literal('RoleAssigned'),
    role: z.string(),
    person: ActorSchema,
    /** From whom it went over, and what was open then, in sentences. */
    handover: z.object({ from: ActorSchema, open: z.array(z.string()) }).optional(),
    /** `note`: what the one before says to the new one. */
    texts: texts.optional(),
  }),
  z.object({ ...common, type: z.literal('RoleGivenBack'), role: z.string(), person: ActorSchema }),
  /** Somebody wants each update as a direct message, or no longer. */
  z.object({ ...common, type: z.literal('Followed') }),
  z.object({ ...common, type: z.literal('Unfollowed') }),
  /** Somebody came into the incident by themselves. */
  z.object({ ...common, type: z.literal('PersonJoined') }),
  z.object({ ...common, type: z.literal('PersonLeft'), person: ActorSchema }),
  z.object({ ...common, type: z.literal('PeopleInvited'), people: z.array(ActorSchema).min(1) }),
  z.object({
    ...common,
    type: z.literal('UpdatePosted'),
    nextUpdate,
    /** Ids of those who follow by their group, as it was then. */
    tell: z.array(z.string()).optional(),
    texts,
  }),
  /** An update was due, and people were reminded of it. */
  z.object({ ...common, type: z.literal('UpdateAsked'), nextUpdate }),
  z.object({
    ...common,
    type: z.literal('ReminderAnswered'),
    /** Of the incident's reminders, from 0. */
    reminder: z.int().min(0),
    nextUpdate,
  }),
  /** A person says when something of the incident was, in place of what was known. */
  z.object({
    ...common,
    type: z.literal('MomentSet'),
    moment: Moment,
    /** Null: it had not been. */
    from: at.nullable(),
    to: at.nullable(),
    /** `reason`. */
    texts: texts.optional(),
  }),
  z.object({
    ...common,
    type: z.literal('IncidentResolved'),
    followUps: z.array(z.string()),
    /** When its channel is to be archived; null or absent: never. */
    archiveAt: at.nullable().optional(),
    texts,
  }),
  z.object({ ...common, type: z.literal('ChannelArchived') }),
  /** It goes on as another incident, which is told next. */
  z.object({
    ...common,
    type: z.literal('IncidentMerged'),
    into: z.string(),
    channel: Channel.nullable(),
  }),
  /** The other incident has taken over the notes, the alerts and the people. */
  z.object({ ...common, type: z.literal('MergeFinished') }),
  /** Another incident was merged into this one; its notes follow as notes. */
  z.object({
    ...common,
    type: z.literal('IncidentAbsorbed'),
    incident: z.string(),
    channel: Channel.nullable(),
    alerts: z.record(z.string(), z.enum(['firing', 'resolved'])),
    people: z.array(z.string()),
    /** `title`. */
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
  z.object({
    ...common,
    type: z.literal('IncidentReopened'),
    nextUpdate,
    texts: texts.optional(),
  }),
  z.object({ ...common, type: z.literal('PostMortemRequested') }),
  z.object({ ...common, type: z.literal('PostMortemExported'), exported: ExportedPostMortem }),
  z.object({ ...common, type: z.literal('PostMortemFailed'), message: z.string() }),
  /** Texts were taken out of the record: those of an entry, and where they stood again. */
  z.object({
    ...common,
    type: z.literal('TextsRedacted'),
    entry: z.int().min(1),
    positions: z.array(z.int().min(1)),
  }),
]);
export type IncidentEvent = z.infer<typeof IncidentEvent>;
