import type { Actor } from '#domain/ids.ts';
import type { Verdict } from '#domain/run/events.ts';

import type { Moment } from './moment.ts';
import type { PostMortemExport } from './post-mortem-export.ts';

/** An incident as its events leave it. */
export type Incident = {
  id: string;
  title: string;
  severity: string;
  service: string | null;
  environment: string | null;
  drill: boolean;
  private: boolean;
  /**
   * `suggested` and `dismissed` have no channel: an alert that nobody has declared. `merged` goes on
   * as another incident.
   */
  status: 'suggested' | 'dismissed' | 'open' | 'resolved' | 'merged';
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
  /** Ids of those who joined or were invited; without those who have left. */
  people: readonly string[];
  /** Ids of those who get each update as a direct message. */
  followers: readonly string[];
  /** What people have said of when something was, in place of what the record knows; null: it was not. */
  moments: Readonly<Partial<Record<Moment, string | null>>>;
  alert: {
    group: string;
    labels: Readonly<Record<string, string>>;
    /** Firing as long as one of `alertGroups` is. */
    status: 'firing' | 'resolved';
    summary: string | null;
  } | null;
  /** Every group of alerts that belongs to the incident. */
  alertGroups: Readonly<Record<string, 'firing' | 'resolved'>>;
  /** Each note that stands and was made of a message, by the message's id; `edited` '': as it was written. */
  notes: Readonly<Record<string, { text: string; edited: string }>>;
  /** Pictures of notes that we have no copy of yet. */
  pictures: readonly { message: string; file: number; source: string }[];
  /** The last text sent to stakeholders. */
  update: { text: string; at: string; by: Actor } | null;
  /** When somebody is next reminded of an update. */
  nextUpdate: string | null;
  /** Reminders of an update, oldest first; only the last may be open. */
  reminders: readonly { at: string; answer: Answer | null }[];
  /** What the run found that declared it, from outside of it. */
  brought: readonly { title: string; verdict: Verdict; finding: string }[];
  /** Failures outside of the record, by their key; the newest message of each. */
  problems: Readonly<Record<string, string>>;
  postMortem: PostMortemExport | null;
  /** Who answered a suggestion. */
  answered: Answer | null;
  /** When the channel is to be archived, and whether it was. */
  archive: { at: string; done: boolean } | null;
  /** `told`: the other incident knows. */
  merged: { into: string; channel: { id: string; name: string } | null; told: boolean } | null;
  /** What was merged into this one. */
  absorbed: readonly { incident: string; title: string; channel: string | null }[];
};

/** What somebody did with something that was asked, and when: it turns into a stamp. */
type Answer = { what: string; by: Actor; at: string };
