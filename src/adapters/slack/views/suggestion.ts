import { mrkdwnLine } from '#adapters/slack/mrkdwn.ts';
import type { SuggestionMessage } from '#ports/chat-messages.ts';

import { context, controls, fit, section, type SlackMessage } from './blocks.ts';
import { stampLine } from './stamps.ts';
import { stepSummary } from './step-lines.ts';

/** An alert that only suggests an incident: what was found, then Declare and Dismiss. */
export function suggestionMessage(suggestion: SuggestionMessage): SlackMessage {
  const { outcome, service } = suggestion;
  const title = mrkdwnLine(suggestion.title, 200);
  const severity = mrkdwnLine(suggestion.severity, 30);
  const labels = suggestion.labels
    .slice(0, 8)
    .map(({ name, value }) => `${mrkdwnLine(name, 40)}=${mrkdwnLine(value, 80)}`);

  return {
    text: `Possible incident: ${title}`,
    blocks: fit(
      [
        section(
          `*Possible incident: ${title}*\n${severity}${service === null ? '' : ` · ${mrkdwnLine(service, 60)}`}`,
        ),
        ...(labels.length === 0 ? [] : [context(labels.join(' · '))]),
      ],
      suggestion.findings.map((finding) => section(stepSummary(finding))),
      outcome === null ? controls(suggestion.buttons, 0, 10) : [section(`*${stampLine(outcome)}*`)],
    ),
  };
}
