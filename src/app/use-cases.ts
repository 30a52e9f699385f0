import type { AlertNotification } from '#domain/alert.ts';
import type { Json } from '#domain/json.ts';
import type { Entry } from '#domain/timeline/entries.ts';
import type { BriefLine, PersonRef, RunbookList, RunMessage } from '#ports/chat-messages.ts';

import type { Act } from './acts.ts';
import type { IncidentLine } from './read-models/incident-line.ts';
import type { TimelineFilter, TimelineView } from './read-models/timeline-view.ts';

/**
 * What an entrance (Slack, CLI, web) may ask for. Each call is authorised and recorded inside; an
 * entrance parses, acknowledges, calls one of these, and shows the reply.
 */
export type Reply =
  /** Done; `text` is for the person who asked, and null where the channel shows it anyway. */
  | {
      kind: 'done';
      text: string | null;
      channel?: string;
      incident?: string;
      run?: string;
      /** What `text` says, for an entrance that can draw it better. */
      runbooks?: RunbookList;
      brief?: readonly BriefLine[];
      timeline?: TimelineView;
      incidents?: readonly IncidentLine[];
    }
  /** Not done; a sentence that says why, and who may or what to do. */
  | Refused
  /** More is needed from the person: show this form, then send its values with the same request. */
  | Form;

export type Form = { kind: 'form'; form: FormView };

export type Refused = { kind: 'refused'; code: string; message: string };

/** `values` come back by field id: strings, numbers, booleans, or lists of strings. */
export type FormView = {
  title: string;
  submit: string;
  /** Stands above the fields. */
  text: string | null;
  fields: readonly FormField[];
};

export type FormField = {
  id: string;
  label: string;
  hint: string | null;
  optional: boolean;
  initial: Json;
} & (
  | { type: 'text'; multiline: boolean; minLength?: number; maxLength?: number }
  | { type: 'number'; integer: boolean; minimum?: number; maximum?: number }
  | { type: 'select' | 'multiselect'; options: readonly { value: string; label: string }[] }
  | { type: 'boolean' }
  /** Ids of people; `initial` is one. */
  | { type: 'people'; many: boolean }
  /** A moment, ISO. */
  | { type: 'time' }
);

export type FormValues = Readonly<Record<string, Json>>;

/**
 * Where an act came from: the channel and, for a press, the message. `once` is the key of a request
 * that may come again after a crash: what it does is done and recorded once.
 */
export type Origin = { channel: string | null; message: string | null; once?: string };

/**
 * A run as chat shows it. `controls` tells what each of its buttons asks for, and what a person fills
 * in first; `requester` is who asked for the write that waits for approval.
 */
export type RunView = {
  kind: 'run';
  stream: string;
  incident: { id: string; title: string } | null;
  message: RunMessage;
  controls: Readonly<Record<string, { act: Act; form: FormView | null }>>;
  requester: PersonRef | null;
};

/** A message of chat that a note is made of. `at` is the moment that it is about. */
export type NotedMessage = {
  message: string;
  permalink: string | null;
  author: PersonRef | null;
  text: string;
  /** Of which edit the text is; a later one is greater. Absent: of none. */
  edited?: string | undefined;
  at: string;
  /** `source`: where the bytes are; null: not for us. */
  files: readonly { name: string; type: string; url: string; source: string | null }[];
};

export type UseCases = {
  /** A press of a button, and the submission of the form that it asked for. */
  press(request: {
    control: string;
    by: PersonRef;
    origin: Origin;
    values?: FormValues;
  }): Promise<Reply>;

  /**
   * Without `values.title`: answers with the form. Fields: title, severity, service, environment,
   * private, drill. `source`: the message that it is declared from.
   */
  declareIncident(request: {
    by: PersonRef;
    origin: Origin;
    values: FormValues;
    source?: NotedMessage;
  }): Promise<Reply>;
  /** In an incident's channel or thread. `at` is the note's own time, ISO; absent: now. */
  note(request: { by: PersonRef; origin: Origin; text: string; at?: string }): Promise<Reply>;
  /**
   * Puts a message on the timeline of its channel's incident; elsewhere of the one that is asked for,
   * where `ask`.
   */
  noteMessage(request: {
    by: PersonRef;
    origin: Origin;
    message: NotedMessage;
    ask: boolean;
    values?: FormValues;
  }): Promise<Reply>;
  /**
   * What a message says now, or null when it is gone or no longer to be noted: the note that was
   * made of it follows, if there is one. A message of ours that is gone (`by` null) is posted again. Open
   * to all, as chat has decided who may change its messages.
   */
  followMessage(request: {
    by: PersonRef | null;
    channel: string;
    message: string;
    text: string | null;
    /** As of a noted message. */
    edited?: string;
  }): Promise<void>;
  resolveIncident(request: { by: PersonRef; origin: Origin; values: FormValues }): Promise<Reply>;
  reopenIncident(request: { by: PersonRef; origin: Origin; values?: FormValues }): Promise<Reply>;
  /** How it stands, in five lines. */
  incidentStatus(request: { by: PersonRef; origin: Origin }): Promise<Reply>;
  listIncidents(request: { by: PersonRef; origin: Origin }): Promise<Reply>;
  timeline(request: {
    by: PersonRef;
    origin: Origin;
    filter: TimelineFilter;
    /** From 0. */
    page: number;
  }): Promise<Reply>;
  filterTimeline(request: { by: PersonRef; origin: Origin; values?: FormValues }): Promise<Reply>;
  /** `severity` null: answers with the form. */
  setSeverity(request: {
    by: PersonRef;
    origin: Origin;
    severity: string | null;
    values?: FormValues;
  }): Promise<Reply>;
  /** Without a role or a person: answers with the form. */
  giveRole(request: {
    by: PersonRef;
    origin: Origin;
    role: string | null;
    person: PersonRef | null;
    values?: FormValues;
  }): Promise<Reply>;
  giveBackRole(request: { by: PersonRef; origin: Origin; role: string }): Promise<Reply>;
  /** Without a text: answers with the form, whose draft is filled from evidence. */
  sendUpdate(request: {
    by: PersonRef;
    origin: Origin;
    text: string | null;
    values?: FormValues;
  }): Promise<Reply>;
  invitePeople(request: {
    by: PersonRef;
    origin: Origin;
    people: readonly PersonRef[] | null;
    values?: FormValues;
  }): Promise<Reply>;
  setMitigated(request: { by: PersonRef; origin: Origin; mitigated: boolean }): Promise<Reply>;
  correctTimes(request: { by: PersonRef; origin: Origin; values?: FormValues }): Promise<Reply>;
  /** The incident of this channel goes on as the other; without one: answers with the form. */
  mergeIncident(request: {
    by: PersonRef;
    origin: Origin;
    into: string | null;
    values?: FormValues;
  }): Promise<Reply>;
  /** The bot was let into a channel: what stands there comes up to date. */
  letIn(request: { channel: string }): Promise<void>;
  /** Somebody came into a channel or left it; who came is told how things stand. */
  membership(request: { by: PersonRef; channel: string; joined: boolean }): Promise<Reply>;

  listRunbooks(request: { by: PersonRef; origin: Origin }): Promise<Reply>;
  /** Without `values` and with inputs to ask for: answers with the form. */
  startRunbook(request: {
    by: PersonRef;
    origin: Origin;
    runbook: string;
    values?: FormValues;
    mode?: 'live' | 'dryRun' | 'drill';
    /** The incident that it runs in; without one, that of the channel. */
    incident?: string;
  }): Promise<Reply>;
  /**
   * The run of this id, for an entrance without chat; its buttons can be pressed. The id of an
   * incident stands for the run that asks something there, else for the newest open one.
   */
  viewRun(request: { by: PersonRef; run: string }): Promise<RunView | Refused>;
  runStatus(request: { by: PersonRef; origin: Origin }): Promise<Reply>;
  stopRun(request: { by: PersonRef; origin: Origin; values: FormValues }): Promise<Reply>;

  /** The entries of a record in which a person's text stands. */
  writtenEntries(request: { by: PersonRef; id: string }): Promise<readonly Entry[] | Refused>;
  /** Takes the texts of an entry (`seq` of the timeline) out of the record; the chain holds. */
  redactEntry(request: { by: PersonRef; id: string; entry: number }): Promise<Reply>;

  /** A personal token, in the reply and nowhere else; the one before it no longer counts. */
  issueToken(request: { by: PersonRef }): Promise<Reply>;
  revokeToken(request: { by: PersonRef }): Promise<Reply>;
  /** Whose token it is, while it is good. */
  personOfToken(request: {
    token: string;
  }): Promise<{ kind: 'person'; person: PersonRef; expiresAt: string } | Refused>;

  /** Draws the person's home, and keeps it fresh for a while. */
  openHome(request: { by: PersonRef }): Promise<Reply>;
  /** Looks at all that the product needs; what it finds is in the homes of admins from then on. */
  selfCheck(request: { by: PersonRef; origin: Origin }): Promise<Reply>;

  /** Resolves when everything about the notification is recorded; a rejection means: send it again. */
  receiveAlert(notification: AlertNotification): Promise<void>;

  /** Severities, services and roles for menus. */
  choices(): Promise<{
    severities: readonly string[];
    services: readonly { name: string; environments: readonly string[] }[];
    roles: readonly string[];
  }>;
};
