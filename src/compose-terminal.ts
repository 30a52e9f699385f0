import { createDirectory } from '#adapters/slack/directory.ts';
import { createGateway } from '#adapters/slack/gateway.ts';
import { quickGateway } from '#adapters/slack/quick-gateway.ts';
import { isAnyoneWorking } from '#adapters/store/heartbeat.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { createKeptMembers, keptMembersCountForMs } from '#app/kept-members.ts';
import { performEffect } from '#app/perform-effect.ts';
import type { UseCases } from '#app/use-cases.ts';
import { formatDuration } from '#domain/duration.ts';
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
  let vouched: PersonRef | null = null;
  const doubts = new Set<string>();
  const core = await openCore(config, {
    onChange: false,
    slack({ store, settings, log }) {
      const { botToken, apiUrl } = config.slack;
      const api = apiUrl === null ? {} : { slackApiUrl: apiUrl };
      const gateway = quickGateway(
        botToken === '' ? null : createGateway({ token: botToken, log, ...api }),
      );
      const kept = createKeptMembers({ store, clock: systemClock });
      const directory = createDirectory({
        gateway,
        settings,
        log,
        withoutSlack: {
          person: (id) => (vouched?.id === id ? { ...vouched, active: true } : null),
          async members(usergroup) {
            const found = await kept.recall(usergroup);
            if (found !== null && !found.stale) return found.members;
            doubts.add(doubtOf(usergroup, found?.at ?? null));
            return [];
          },
        },
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
    vouchFor(person) {
      vouched = person;
    },
    doubts: () => [...doubts],
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

function doubtOf(usergroup: string, keptAt: string | null): string {
  const kept =
    keptAt === null
      ? 'and its members were never kept'
      : `and what was kept of it is from ${keptAt.slice(0, 16)}Z, older than ${formatDuration(keptMembersCountForMs)}`;
  return `Who is in the Slack user group ${usergroup} can't be known now: Slack does not answer, ${kept}. Groups with users: in the settings need no Slack.`;
}
