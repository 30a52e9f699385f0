import { loadSettings } from '#adapters/files/load-settings.ts';
import { SettingsError } from '#adapters/files/settings-error.ts';
import { createGitHub } from '#adapters/github/github.ts';
import { createOutbound } from '#adapters/outbound/outbound.ts';
import { createSecrets } from '#adapters/secrets/secrets.ts';
import { sha256 } from '#adapters/store/event-store.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { execute } from '#app/execute.ts';
import { exportPostMortem } from '#app/export-post-mortem.ts';
import { configOrRefuse } from '#cli/config-or-refuse.ts';
import { bot } from '#domain/ids.ts';
import type { ExportedPostMortem } from '#domain/incident/post-mortem-export.ts';
import type { RecordedEvent } from '#domain/timeline/recorded-event.ts';
import type { EventStore } from '#ports/event-store.ts';

/** Writes a post-mortem to where the settings say, without the bot, and into the record that it did. */
export async function exportToCodeHost(
  store: EventStore,
  id: string,
  events: readonly RecordedEvent[],
): Promise<ExportedPostMortem> {
  const config = configOrRefuse({ slack: 'unused' });
  const { settings, diagnostics } = loadSettings(config.runbooks, config.overlay);
  if (settings === null) throw new SettingsError(diagnostics);
  const code = createGitHub({
    outbound: createOutbound({ settings: () => settings.outbound }),
    secrets: createSecrets({ env: config.env }),
    connections: () => settings.connections,
  });
  const never = new AbortController().signal;
  const outcome = await exportPostMortem({ code, settings, sha256 }, id, events, never);
  const at = systemClock.now().toISOString();
  const recording = { store, runbooks: { settings: () => settings } };
  await execute(recording, id, () => [{ type: 'ReportExport', at, actor: bot, outcome }]);
  return outcome;
}
