import type { Diagnostic } from '#domain/diagnostic.ts';

import { approvals } from './rules/approvals.ts';
import { hostNotAllowed } from './rules/host-not-allowed.ts';
import { loadOnProduction } from './rules/load-on-production.ts';
import type { SettingsRule } from './rules/rule.ts';
import { unknownConnection } from './rules/unknown-connection.ts';
import { unknownGroup } from './rules/unknown-group.ts';
import { unknownMetric } from './rules/unknown-metric.ts';
import type { Runbook } from './runbook.ts';
import type { Settings } from './settings.ts';
import { readYaml } from './yaml/read-yaml.ts';

const rules: readonly SettingsRule[] = [
  unknownGroup,
  unknownConnection,
  unknownMetric,
  approvals,
  hostNotAllowed,
  loadOnProduction,
];

/**
 * Whether a sound runbook fits the settings. Nothing here stops it from being loaded: the settings
 * are enforced when it runs, and a responder may still need the rest of it.
 */
export function crossCheck(
  given: { file: string; bytes: Uint8Array },
  runbook: Runbook,
  settings: Settings,
): readonly Diagnostic[] {
  const { source, root } = readYaml(given.file, given.bytes);
  if (root === null) return [];
  return rules.flatMap((rule) => rule({ runbook, file: { source, root }, settings }));
}
