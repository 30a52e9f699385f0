/**
 * What people are shown, before any chat product has drawn it. Plain text everywhere: a driver
 * escapes it, cuts it to its limits, and shows people by their ids. Times are ISO, in UTC.
 */

export type PersonRef = { id: string; name: string };

/**
 * An entry of the record, to be shown by its number and the head of the record as of it. Where a driver
 * shows it, `handrail verify` finds later what was changed up to there.
 */
export type RecordRef = { position: number; hash: string };

/** "Approved by @ben 14:03": what a used button turns into. */
export type Stamp = { what: string; by: PersonRef; at: string; reason: string | null };

/** `control` is the opaque id that the press brings back. `label` has at most 24 characters. */
export type Button = {
  control: string;
  label: string;
  style: 'primary' | 'danger' | null;
  confirm: { title: string; text: string; confirm: string; deny: string } | null;
};

/** A plan as people read it: what and where in one line, then from, to, age and what changes. */
export type PlanView = {
  what: string;
  where: string;
  from: string;
  to: string;
  details: readonly string[];
  warnings: readonly string[];
  expiresAt: string | null;
};

export type StepMark =
  | 'pending'
  | 'running'
  | 'waiting'
  | 'ok'
  | 'problem'
  | 'noData'
  | 'done'
  | 'skipped'
  | 'failed'
  | 'unknown'
  | 'cancelled';

export type StepLine = {
  id: string;
  title: string;
  mark: StepMark;
  /** The finding, or what the step is doing; empty while there is nothing to say. */
  text: string;
  /** Evidence from before a write, or older than five minutes. */
  stale: boolean;
  at: string | null;
  stamps: readonly Stamp[];
  children: readonly StepLine[];
  /** A watch that goes on: how long it has been healthy, of how long it must be. */
  holds: { seconds: number; of: number } | null;
};

/** What a person is asked now: the evidence stands above it in the run message, then what to press. */
export type Question = {
  kind: 'start' | 'choose' | 'form' | 'manual' | 'approval' | 'confirm' | 'ask';
  step: string;
  title: string;
  why: string | null;
  text: string;
  /** Option label, what would happen, and whether the evidence recommends it; for `choose`. */
  options: readonly {
    /** Of the option's button. */
    control: string;
    label: string;
    detail: string;
    recommended: boolean;
    plan: PlanView | null;
  }[];
  plan: PlanView | null;
  /** The evidence that spoke for an option has grown old: it speaks for nothing until it is taken again. */
  tooOld: boolean;
  /** Who may press, in words. */
  who: string;
  since: string;
  /** The answers to this question, most important first. */
  buttons: readonly Button[];
};

export type IncidentStanding = 'open' | 'resolved' | 'merged';

export type IncidentCard = {
  kind: 'incident-card';
  incident: string;
  title: string;
  severity: string;
  status: IncidentStanding;
  /** Is the trouble over for those outside, while the incident is open? */
  mitigatedAt: string | null;
  service: string | null;
  environment: string | null;
  drill: boolean;
  private: boolean;
  commander: PersonRef | null;
  roles: readonly { role: string; person: PersonRef }[];
  startedAt: string;
  resolvedAt: string | null;
  /** Title of the current step, last finding, and what is to be done next. */
  step: string | null;
  finding: string | null;
  next: string | null;
  alert: 'firing' | 'resolved' | null;
  /** When the next update is due. */
  nextUpdate: string | null;
  cause: string | null;
  /** Incidents that were merged with this one, and how, in words. */
  related: readonly { text: string; channel: string | null }[];
  links: readonly { label: string; url: string }[];
  problems: readonly string[];
  buttons: readonly Button[];
};

/** `file` is what chat calls it; `alt` says what is to be seen, with its figures. */
export type Picture = { file: string; title: string; alt: string };

export type RunMessage = {
  kind: 'run';
  run: string;
  runbook: string;
  title: string;
  revision: string;
  /** What has become of the runbook since, in words; null: nothing, or the run is over. */
  newerVersion: string | null;
  mode: 'live' | 'dryRun' | 'drill';
  status: 'running' | 'waiting' | 'succeeded' | 'failed' | 'stopped';
  startedBy: PersonRef;
  startedAt: string;
  endedAt: string | null;
  steps: readonly StepLine[];
  /** Of the steps, the checks that have said something, in the order in which they did. */
  evidence: readonly StepLine[];
  /** The curve of the metric that the run is about; it comes when it is drawn. */
  picture: Picture | null;
  question: Question | null;
  /** Steering: re-run, skip, go to, stop. Shown after the question's own buttons. */
  steering: readonly Button[];
  /** Of the last thing that was decided or written in it; null: nothing yet. */
  record: RecordRef | null;
};

/** A direct message to somebody who may approve; edited into its stamp when it is over. */
export type ApprovalMessage = {
  kind: 'approval';
  title: string;
  incident: string | null;
  channel: string | null;
  requester: PersonRef;
  why: string | null;
  plan: PlanView;
  buttons: readonly Button[];
  outcome: Stamp | { text: string } | null;
  /** Of the request, then of what became of it. */
  record: RecordRef;
};

/** Raw output of a step's visit, for the thread of its run message. */
export type EvidenceMessage = {
  kind: 'evidence';
  title: string;
  summary: string;
  raw: string;
  /** The command that prints all of it. */
  whole: string;
  record: RecordRef;
};

/** An alert that only suggests: in the service's channel, with Declare and Dismiss. */
export type SuggestionMessage = {
  kind: 'suggestion';
  title: string;
  severity: string;
  service: string | null;
  labels: readonly { name: string; value: string }[];
  findings: readonly StepLine[];
  buttons: readonly Button[];
  outcome: Stamp | null;
};

export type AnnouncementMessage = {
  kind: 'announcement';
  incident: string;
  title: string;
  severity: string;
  status: IncidentStanding;
  drill: boolean;
  channel: string | null;
  commander: PersonRef | null;
  startedAt: string;
  resolvedAt: string | null;
  summary: string;
  /** Join and Follow, while it is open. */
  buttons: readonly Button[];
  /** Of its declaration. */
  record: RecordRef | null;
};

/** An update is due: its draft, and what can be done; edited into its stamp when it is over. */
export type ReminderMessage = {
  kind: 'reminder';
  drill: boolean;
  /** When the last update was sent; null: never. */
  last: string | null;
  draft: string;
  /** Who is to see to it, by their ids. */
  mention: readonly string[];
  buttons: readonly Button[];
  outcome: Stamp | null;
};

/** To whoever has got a role, in private. */
export type RoleMessage = {
  kind: 'role';
  role: string;
  incident: string;
  title: string;
  drill: boolean;
  channel: string | null;
  /** From whom the role went over, and what they say. */
  from: PersonRef | null;
  note: string | null;
  instructions: string | null;
  /** How things stand. */
  brief: readonly BriefLine[];
  /** What was open at the handover, most pressing first. */
  open: readonly string[];
};

/** What, since when, what was tried, who leads, what is open: a line each. */
export type BriefLine = { label: string; text: string };

/** A sentence to the channel: a status change, an update, an escalation. `mention` people are pinged. */
export type NoticeMessage = {
  kind: 'notice';
  text: string;
  /** For those who are not in the channel of what it is about: which that is. */
  channel?: string;
  by: PersonRef | null;
  mention: readonly string[];
  record: RecordRef | null;
};

/** In place of sentences and evidence that could not be posted when it happened. */
export type CatchUpMessage = {
  kind: 'catch-up';
  /** For those who are not in the channel: which incident it is, and how it stands at the time `now`. */
  about:
    | (Pick<
        IncidentCard,
        'title' | 'severity' | 'drill' | 'status' | 'mitigatedAt' | 'commander' | 'nextUpdate'
      > & { channel: string | null })
    | null;
  /** In order. */
  lines: readonly { at: string; text: string; by: PersonRef | null }[];
  /** What is waited for, and from whom, at the time `now`. */
  waiting: readonly string[];
  now: string;
  mention: readonly string[];
  /** The newest among it. */
  record: RecordRef | null;
  /** The command that shows all of it. */
  timeline: string;
};

/** A runbook in a list: what it is, whether it can be trusted, and what somebody should see to. */
export type RunbookLine = {
  id: string;
  title: string;
  service: string;
  owner: string;
  revision: string;
  /** Errors and warnings in the file as it is now. */
  findings: { errors: number; warnings: number };
  /** ISO dates; `due` null: it does not say. */
  review: { reviewed: string | null; due: string | null; overdue: boolean };
  /** The newest run in which every check answered; `older`: of an older text than the one in use. */
  proof: { at: string; how: 'live' | 'dryRun' | 'drill'; older: string | null } | null;
  /** Sentences; empty where all is well. */
  attention: readonly string[];
};

export type RunbookList = {
  runbooks: readonly RunbookLine[];
  /** Broken files that no runbook in use is of, in sentences, with the group that should know. */
  files: readonly { owner: string | null; text: string }[];
};

/** What needs an owner's attention after the nightly dry runs; one message a night. */
export type DigestMessage = { kind: 'digest'; owner: string; list: RunbookList };

export type ChatMessage =
  | IncidentCard
  | RunMessage
  | ApprovalMessage
  | EvidenceMessage
  | SuggestionMessage
  | AnnouncementMessage
  | ReminderMessage
  | RoleMessage
  | DigestMessage
  | CatchUpMessage
  | NoticeMessage;
