import { Refusal } from '#practice/slack/refusal.ts';

import type { Method } from './call.ts';

/** What an app asks about itself, and where its Socket Mode connection is to go. */
export function appMethods(socketUrl: () => string): Readonly<Record<string, Method>> {
  return {
    'api.test'(call) {
      const error = call.text('error');
      if (error !== undefined) throw new Refusal(error, { args: { error } });
      return {};
    },

    'auth.test': (_call, world) => ({
      url: `https://${world.teamName.toLowerCase()}.slack.example/`,
      team: world.teamName,
      team_id: world.teamId,
      user: world.people.get(world.botUserId)?.name,
      user_id: world.botUserId,
      bot_id: world.botId,
      is_enterprise_install: false,
    }),

    'apps.connections.open': () => ({ url: socketUrl() }),
  };
}
