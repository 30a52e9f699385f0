import { redacted } from '#domain/incident/evolve.ts';
import type { JsonObject } from '#domain/json.ts';

export type EntryKind =
  | 'declared'
  | 'dismissed'
  | 'channel'
  | 'alert'
  | 'role'
  | 'people'
  | 'reminder'
  | 'time'
  | 'merged'
  | 'severity'
  | 'note'
  | 'problem'
  | 'update'
  | 'resolved'
  | 'reopened'
  | 'postMortem'
  | 'run'
  | 'step'
  | 'evidence'
  | 'question'
  | 'choice'
  | 'answer'
  | 'plan'
  | 'request'
  | 'approval'
  | 'rejection'
  | 'breakGlass'
  | 'effect'
  | 'outcome'
  | 'escalation'
  | 'redaction';

/** An event in words. `at` only where it happened at another time than it was written down. */
export type Sentence = {
  kind: EntryKind;
  text: string;
  evidence?: JsonObject;
  at?: string;
};

/** A person's text; null where none was given, and marked where it was taken out of the record. */
export function writtenText(
  texts: Readonly<Record<string, string | null>> | undefined,
  name: string,
): string | null {
  const text = texts?.[name];
  return text === null ? redacted : (text ?? null);
}

/** `Stopped` or `Stopped: too risky`. */
export function withReason(text: string, reason: string | null): string {
  return reason === null || reason === '' ? text : `${text}: ${reason}`;
}
