import { createDirectory } from '#adapters/slack/directory.ts';
import { createGateway } from '#adapters/slack/gateway.ts';

import { createManualTime } from './manual-time.ts';
import { createMemoryChanges } from './memory-changes.ts';
import { createQuietLog } from './quiet-log.ts';
import { settings } from './running-app.ts';

/** The directory before a Slack that stands in for the real one. */
export function openDirectory(
  slack: { apiUrl: string },
  more: Partial<Parameters<typeof createDirectory>[0]> = {},
) {
  const time = createManualTime();
  const log = createQuietLog();
  const changes = createMemoryChanges();
  const gateway = createGateway({ token: 'xoxb-t', slackApiUrl: slack.apiUrl, log });
  return {
    time,
    changes,
    directory: createDirectory({ gateway, settings: () => settings, log, time, changes, ...more }),
  };
}
