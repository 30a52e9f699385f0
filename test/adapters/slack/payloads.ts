import type { JsonObject } from '#domain/json.ts';

/** Payloads as Slack sends them, with only what the app may rely on. */

const team = { id: 'T1', domain: 'practice' };
const user = { id: 'U0ANA', name: 'ana', username: 'ana', team_id: 'T1' };

export function slashCommand(text: string, responseUrl: string, more: object = {}) {
  return {
    command: '/incident',
    text,
    user_id: 'U0ANA',
    user_name: 'ana',
    channel_id: 'C1',
    channel_name: 'inc-1',
    team_id: 'T1',
    trigger_id: `trigger ${text}`,
    response_url: responseUrl,
    token: 'old verification token',
    ...more,
  };
}

export function buttonPress(
  action: { action_id: string; value?: string },
  responseUrl: string,
  trigger = 'trigger 1',
) {
  return {
    type: 'block_actions',
    team,
    user,
    trigger_id: trigger,
    response_url: responseUrl,
    channel: { id: 'C1', name: 'inc-1' },
    container: { type: 'message', message_ts: '9.9', channel_id: 'C1' },
    message: { ts: '9.9', text: 'card' },
    actions: [
      {
        type: 'button',
        block_id: 'b',
        action_ts: '1',
        text: { type: 'plain_text', text: 'Press' },
        ...action,
      },
    ],
  };
}

export function submission(
  view: { private_metadata: string; state: object; blocks?: object[] },
  trigger = 'trigger 2',
) {
  return {
    type: 'view_submission',
    team,
    user,
    trigger_id: trigger,
    view: {
      id: 'V1',
      type: 'modal',
      callback_id: 'form',
      blocks: [{ type: 'input', block_id: 'title' }],
      ...view,
      state: { values: view.state },
    },
  };
}

export function messageShortcut(responseUrl: string) {
  return {
    type: 'message_action',
    callback_id: 'add_to_timeline',
    team,
    user,
    trigger_id: 'trigger 3',
    response_url: responseUrl,
    channel: { id: 'C1', name: 'inc-1' },
    message: { ts: '1764000000.000100', user: 'U0BEN', text: 'error rate &gt; 40%' },
  };
}

export function event(payload: JsonObject, id = 'Ev1') {
  return {
    type: 'event_callback',
    team_id: 'T1',
    event_id: id,
    authorizations: [{ team_id: 'T1' }],
    event: payload,
  };
}

export const mention = (text: string) => ({
  type: 'app_mention',
  user: 'U0ANA',
  channel: 'C1',
  ts: '1764000000.000200',
  thread_ts: '1764000000.000001',
  event_ts: '1764000000.000200',
  text: `<@U0BOT> ${text}`,
});

export const pushpin = {
  type: 'reaction_added',
  user: 'U0ANA',
  reaction: 'pushpin',
  item: { type: 'message', channel: 'C1', ts: '1764000000.000100' },
  item_user: 'U0BEN',
  event_ts: '1764000009.000000',
};
