import type { Alert } from '#domain/alert.ts';
import type { Actor } from '#domain/ids.ts';

import type { IncidentEvent } from './events.ts';

type FindingsBrought = Extract<IncidentEvent, { type: 'FindingsBrought' }>;
type Common = { at: string; actor: Actor };

export type IncidentCommand =
  | (Common & {
      type: 'Declare';
      incident: string;
      title: string;
      severity: string;
      service: string | null;
      environment: string | null;
      drill: boolean;
      /** False: an alert suggests it, and a person may declare. */
      declared: boolean;
      startedAt: string;
      alert: { group: string; labels: Readonly<Record<string, string>> } | null;
    })
  | (Common & { type: 'TakeSuggestion' })
  | (Common & { type: 'DismissSuggestion' })
  | (Common & { type: 'ReportChannel'; channel: string; name: string })
  | (Common & { type: 'NoteProblem'; key: string; message: string })
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
      source: { permalink: string | null; message: string; author: Actor } | null;
    })
  | (Common & { type: 'BringFindings' } & Pick<FindingsBrought, 'from' | 'findings'>)
  | (Common & { type: 'ChangeNote'; message: string; text: string })
  | (Common & { type: 'WithdrawNote'; message: string })
  | (Common & { type: 'SetSeverity'; severity: string })
  | (Common & { type: 'AssignRole'; role: string; person: Actor })
  | (Common & { type: 'PostUpdate'; text: string })
  | (Common & { type: 'Resolve'; cause: string; followUps: readonly string[] })
  | (Common & { type: 'Reopen'; reason: string | null })
  /** Not only of an incident: a run of its own has texts, too. */
  | (Common & { type: 'Redact'; entry: number; positions: readonly number[] });
