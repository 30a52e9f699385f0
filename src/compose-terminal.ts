import { createDirectory } from '#adapters/slack/directory.ts';
import { createGateway } from '#adapters/slack/gateway.ts';
import { quickGateway } from '#adapters/slack/quick-gateway.ts';
import { isAnyoneWorking } from '#adapters/store/heartbeat.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { createKeptMembers } from '#app/kept-members.ts';
import { createLastKnown } from '#app/last-known.ts';
import { performEffect } from '#app/perform-effect.ts';
import { createToldChanges } from '#app/told-changes.ts';
import type { UseCases } from '#app/use-cases.ts';
import type { JsonObject } from '#domain/json.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import type { PersonRef } from '#ports/chat-messages.ts';
import { openCore } from '#src/compose.ts';
import type { Config } from '#src/config.ts';

/** The product without its entrances, for one person at a terminal. */
export type Terminal = AsyncDisposable & {
  useCases: UseCases;
  /** A runbook, and what the settings give to its inputs. */
  findRunbook(id: string): { runbook: Runbook; defaults: JsonObject } | null;
  /** From now on Slack's silence does not make this person unknown: a token has vouched for them. */
  vouchFor(person: PersonRef): void;
  /** Why rights could not be established, as far as somebody asked for them. */
  doubts(): readonly string[];
  /** Whether a bot, or another terminal, does what is due. */
  isAnyoneWorking(): Promise<boolean>;
  /** Does what is due in this process from now on; messages to chat wait for the bot. */
  startWorking(): Promise<void>;
  isWorking(): boolean;
};

const drainMs = 10_000;

export async function openTerminal(config: Config): Promise<Terminal> {
  let lastKnown: ReturnType<typeof createLastKnown> | null = null;
  const core = await openCore(config, {
    onChange: false,
    slack({ store, settings, log, scrub }) {
      const { botToken, apiUrl } = config.slack;
      const api = apiUrl === null ? {} : { slackApiUrl: apiUrl };
      const gateway = quickGateway(
        botToken === '' ? null : createGateway({ token: botToken, log, scrub, ...api }),
      );
      lastKnown = createLastKnown(createKeptMembers({ store, clock: systemClock }));
      const directory = createDirectory({
        gateway,
        settings,
        log,
        changes: createToldChanges(store),
        withoutSlack: lastKnown,
      });
      return { gateway, directory };
    },
  });
  let working = false;
  return {
    useCases: core.useCases,
    findRunbook(id) {
      const found = core.app.runbooks.get(id);
      const { inputs } = core.app.runbooks.settings();
      return found && { runbook: found.runbook, defaults: inputs[found.runbook.id] ?? {} };
    },
    vouchFor: (person) => lastKnown?.vouchFor(person),
    doubts: () => lastKnown?.doubts() ?? [],
    isAnyoneWorking: () => isAnyoneWorking(core.database.db),
    isWorking: () => working,
    async startWorking() {
      working = true;
      await core.jobs.start({ effect: performEffect(core.app) });
    },
    async [Symbol.asyncDispose]() {
      if (working) await core.jobs.stop(drainMs);
      await core[Symbol.asyncDispose]();
    },
  };
}
