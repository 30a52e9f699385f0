import { createChat } from '#adapters/slack/chat.ts';
import { createDownload } from '#adapters/slack/download.ts';
import { createGateway } from '#adapters/slack/gateway.ts';

import { createQuietLog } from './quiet-log.ts';

/** A workspace that takes everything until it is told otherwise. */
function takesNewBlocks() {
  let taken = true;
  return {
    taken: async () => taken,
    refused: async () => {
      taken = false;
    },
  };
}

/** The chat of a bot that talks to this stand-in of Slack. */
export function chatOn(slack: { apiUrl: string }, newBlocks = takesNewBlocks()) {
  const gateway = createGateway({
    token: 'xoxb-t',
    slackApiUrl: slack.apiUrl,
    log: createQuietLog(),
  });
  const download = createDownload({ token: 'xoxb-t', slackApiUrl: slack.apiUrl });
  return createChat({ gateway, newBlocks, download });
}
