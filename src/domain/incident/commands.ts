import type { Alert } from '#domain/alert.ts';
import type { Actor } from '#domain/ids.ts';

import type { IncidentEvent, NotedFile } from './events.ts';
import type { Moment } from './moment.ts';
import type { ExportedPostMortem } from './post-mortem-export.ts';
import type { Incident } from './state.ts';

type FindingsBrought = Extract<IncidentEvent, { type: 'FindingsBrought' }>;
type Common = { at: string; actor: Actor };

/** The message that a note is made of. */
export type NoteSource = {
  permalink: string | null;
  message: string;
  edited?: string | undefined;
  author: Actor;
  files?: readonly NotedFile[];
};

export type IncidentCommand =
  | (Common & {
      type: 'Declare';
      incident: string;
      title: string;
      severity: string;
      service: string | null;
      environment: string | null;
      drill: boolean;
      private?: boolean;
      /** False: an alert suggests it, and a person may declare. */
      declared: boolean;
      startedAt: string;
      alert: { group: string; labels: Readonly<Record<string, string>> } | null;
    })
  | (Common & { type: 'TakeSuggestion' })
  | (Common & { type: 'DismissSuggestion' })
  | (Common & { type: 'ReportChannel'; channel: string; name: string })
  | (Common & { type: 'NoteProblem'; key: string; message: string })
  | (Common & { type: 'SolveProblem'; key: string })
  | (Common & {
      type: 'ReportAlert';
      group: string;
      status: 'firing' | 'resolved';
      alerts: readonly Alert[];
    })
  | (Common & {
      type: 'AddNote';
      text: string;
      happenedAt: string;
      source: NoteSource | null;
      /** Who noted it, where it comes from an incident that was merged. */
      by?: Actor;
    })
  | (Common & { type: 'BringFindings' } & Pick<FindingsBrought, 'from' | 'findings'>)
  | (Common & { type: 'ChangeNote'; message: string; text: string; edited?: string | undefined })
  | (Common & { type: 'WithdrawNote'; message: string })
  | (Common & { type: 'SetSeverity'; severity: string })
  | (Common & { type: 'AssignRole'; role: string; person: Actor; note?: string | null })
  | (Common & { type: 'GiveBackRole'; role: string })
  | (Common & { type: 'Follow' | 'Unfollow' | 'Join' })
  | (Common & { type: 'Leave'; person: Actor })
  | (Common & { type: 'Invite'; people: readonly Actor[] })
  /** `tell`: who follows by their group. */
  | (Common & { type: 'PostUpdate'; text: string; tell?: readonly string[] })
  /** The timer of the update that was due then. */
  | (Common & { type: 'Remind'; due: string })
  /** `minutes` null: no more reminders. */
  | (Common & { type: 'Snooze'; reminder: number; minutes: number | null })
  /** `from` is what was known until now. */
  | (Common & {
      type: 'SetMoment';
      moment: Moment;
      from: string | null;
      to: string | null;
      reason: string | null;
    })
  | (Common & { type: 'ReportPicture'; message: string; file: number; copy: string | null })
  | (Common & { type: 'ReportArchived' })
  | (Common & { type: 'Merge'; into: string; channel: Incident['channel'] })
  | (Common & { type: 'FinishMerge' })
  | (Common & { type: 'Absorb'; other: Incident })
  | (Common & { type: 'Resolve'; cause: string; followUps: readonly string[] })
  | (Common & { type: 'Reopen'; reason: string | null })
  | (Common & { type: 'ExportPostMortem' })
  | (Common & { type: 'ReportExport'; outcome: ExportedPostMortem | { failed: string } })
  /** Not only of an incident: a run of its own has texts, too. */
  | (Common & { type: 'Redact'; entry: number; positions: readonly number[] });
