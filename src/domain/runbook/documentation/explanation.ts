import type { RuleId } from '#domain/runbook/rule-id.ts';

import { documentation } from './documentation.ts';

/** A rule's section of the language reference, in Markdown. */
export function explanation(rule: RuleId): string {
  const { severity, why, wrong, right } = documentation[rule];
  return [
    `### ${rule}`,
    `${severity === 'error' ? 'Error' : 'Warning'}. ${why}`,
    'Wrong:',
    fenced(wrong),
    'Right:',
    fenced(right),
  ].join('\n\n');
}

function fenced(text: string): string {
  return `\`\`\`yaml\n${text}\n\`\`\``;
}

/** The sections of all rules, as the language reference has them. */
export function allExplanations(): string {
  return Object.keys(documentation).filter(isDocumented).map(explanation).join('\n\n');
}

function isDocumented(rule: string): rule is RuleId {
  return rule in documentation;
}
