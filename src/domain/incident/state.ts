import type { Actor } from '#domain/ids.ts';
import type { Verdict } from '#domain/run/events.ts';

/** An incident as its events leave it. */
export type Incident = {
  id: string;
  title: string;
  severity: string;
  service: string | null;
  environment: string | null;
  drill: boolean;
  /** `suggested` and `dismissed` have no channel: an alert that nobody has declared. */
  status: 'suggested' | 'dismissed' | 'open' | 'resolved';
  declaredAt: string;
  declaredBy: Actor;
  /** When the trouble began. */
  startedAt: string;
  resolvedAt: string | null;
  resolvedBy: Actor | null;
  cause: string | null;
  followUps: readonly string[];
  channel: { id: string; name: string } | null;
  roles: Readonly<Record<string, Actor>>;
  alert: {
    group: string;
    labels: Readonly<Record<string, string>>;
    status: 'firing' | 'resolved';
    summary: string | null;
  } | null;
  /** The text of each note that stands and was made of a message, by the message's id. */
  notes: Readonly<Record<string, string>>;
  /** The last text sent to stakeholders. */
  update: { text: string; at: string; by: Actor } | null;
  /** What the run found that declared it, from outside of it. */
  brought: readonly { title: string; verdict: Verdict; finding: string }[];
  /** Failures outside of the record, by their key; the newest message of each. */
  problems: Readonly<Record<string, string>>;
  /** Who answered a suggestion. */
  answered: { what: 'Declared' | 'Dismissed'; by: Actor; at: string } | null;
};
