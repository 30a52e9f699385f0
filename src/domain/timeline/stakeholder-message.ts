import { redacted } from '#domain/incident/evolve.ts';

import { actText, checkText, suspectText } from './fact-text.ts';
import { incidentFacts } from './incident-facts.ts';
import { readRecord } from './incident-record.ts';
import { blank, bulletList, escapeMarkdown } from './markdown.ts';
import type { RecordedEvent } from './recorded-event.ts';
import { writtenText } from './sentence.ts';
import { dayOf, secondsText, timeOfDay } from './time-text.ts';

/** A draft in Markdown for those who read and need not ask: facts filled in, the rest marked as blank. */
export function stakeholderMessage(id: string, events: readonly RecordedEvent[]): string | null {
  const { incident, metrics, title } = readRecord(id, events);
  if (incident === null) return null;
  const { suspect, problems, acts } = incidentFacts(events);
  const [symptom] = problems;
  const { startedAt, cause, followUps } = incident;

  const issue = `${escapeMarkdown(title)}, from ${dayOf(startedAt)} ${timeOfDay(startedAt)} UTC.`;
  const measured = symptom === undefined ? '' : ` ${checkText(symptom)}.`;
  const why =
    cause === null || cause === ''
      ? suspect === null
        ? blank('the root cause')
        : `${suspectText(suspect)}. ${blank('confirm the cause')}`
      : escapeMarkdown(cause);
  const end =
    metrics.resolve === null
      ? 'We are still working on it.'
      : `Resolved after ${secondsText(metrics.resolve)}.`;

  const sections = [
    `Subject: ${escapeMarkdown(title)} - ${metrics.resolve === null ? 'In progress' : 'Resolved'}`,
    '**Summary**',
    bulletList([
      `**Issue:** ${issue}${measured}`,
      `**Root Cause:** ${why}`,
      `**Mitigation:** ${acts.length === 0 ? blank('what was done') : acts.map(actText).join(' ')}`,
      `**Resolution:** ${end}`,
    ]),
    ...updates(events),
    '**Post-Incident Actions**',
    bulletList([blank('what has been done since')]),
    '**Planned Improvements**',
    bulletList(followUps.length === 0 ? [blank('what we will do')] : followUps.map(escapeMarkdown)),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** What was sent while it went on, newest first: a reader wants to know how it stands. */
function updates(events: readonly RecordedEvent[]): string[] {
  const sent = events.flatMap(({ event }) =>
    event.type === 'UpdatePosted'
      ? [
          `${timeOfDay(event.at).slice(0, 5)} UTC: ${escapeMarkdown(writtenText(event.texts, 'text') ?? redacted)}`,
        ]
      : [],
  );
  return sent.length === 0 ? [] : ['**Updates**', bulletList(sent.toReversed())];
}
