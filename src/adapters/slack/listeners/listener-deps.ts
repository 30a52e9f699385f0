import type { AnswerDeps } from '#adapters/slack/answer.ts';
import type { SlackDirectory } from '#adapters/slack/directory.ts';
import type { Settings } from '#domain/runbook/settings.ts';

export type ListenerDeps = AnswerDeps & {
  directory: SlackDirectory;
  settings: () => Settings;
};
