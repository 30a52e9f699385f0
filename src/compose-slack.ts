import { createDirectory, type SlackDirectory } from '#adapters/slack/directory.ts';
import { createGateway, type Gateway } from '#adapters/slack/gateway.ts';
import { createCallBudget } from '#adapters/store/call-budget.ts';
import type { Database } from '#adapters/store/connection.ts';
import { systemClock } from '#adapters/system/clock.ts';
import type { Telemetry } from '#adapters/telemetry/telemetry.ts';
import { createKeptMembers } from '#app/kept-members.ts';
import { createToldChanges } from '#app/told-changes.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { EventStore } from '#ports/event-store.ts';
import type { Log } from '#ports/log.ts';
import type { Config } from '#src/config.ts';

export type Slack = { gateway: Gateway; directory: SlackDirectory };
export type GivenToSlack = {
  store: EventStore;
  database: Database;
  settings: () => Settings;
  log: Log;
  scrub: (text: string) => string;
};

/** What Slack says about groups is also kept, for the terminals of the day on which it says nothing. */
export function slackOfBot(
  { slack }: Config,
  { store, database, settings, log, scrub, telemetry }: GivenToSlack & { telemetry: Telemetry },
): Slack {
  const budget = createCallBudget(database.db);
  budget
    .forget()
    .catch((error: unknown) => log.warn({ error }, 'old budgets could not be cleared'));
  const gateway = createGateway({
    token: slack.botToken,
    log,
    budget,
    scrub,
    onCall: telemetry.slackCalled,
    ...(slack.apiUrl !== null && { slackApiUrl: slack.apiUrl }),
  });
  const kept = createKeptMembers({ store, clock: systemClock });
  const directory = createDirectory({
    gateway,
    settings,
    log,
    changes: createToldChanges(store),
    onMembers: async (usergroup, members, change) => {
      await kept.keep(usergroup, members, change).catch((error: unknown) => {
        log.warn({ error, usergroup }, 'the members of a user group could not be kept');
      });
    },
  });
  return { gateway, directory };
}
