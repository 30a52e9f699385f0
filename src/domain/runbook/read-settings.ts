import type { z } from 'zod';

import type { Diagnostic } from '#domain/diagnostic.ts';

import { type IgnoreComments, inPart, silence } from './ignores.ts';
import { hasErrors, inOrder } from './in-order.ts';
import { overlaid, regularSettings } from './regular-settings.ts';
import { unmetPolicies } from './rules/approval-unsatisfiable.ts';
import { badQueries } from './rules/bad-promql.ts';
import { connectionsNotHttps } from './rules/http-not-https.ts';
import { queriesOf } from './rules/metric-queries.ts';
import { openTemplate } from './rules/open-template.ts';
import { ratiosWithoutTraffic } from './rules/ratio-without-traffic.ts';
import { type ParsedFile } from './rules/rule.ts';
import { secretsInSettings } from './rules/secret-in-text.ts';
import { unknownNames } from './rules/settings-names.ts';
import { settingsTemplates } from './rules/settings-templates.ts';
import { schemaDiagnostics } from './schema-diagnostics.ts';
import { SettingsFile, SettingsOverlay } from './settings-file.ts';
import type { Settings } from './settings.ts';
import { readYaml } from './yaml/read-yaml.ts';
import { toJson } from './yaml/yaml-node.ts';

export type SettingsReading = {
  /** Null if there is an error that keeps them from being used. */
  settings: Settings | null;
  /** What was found, silenced or not. */
  diagnostics: readonly Diagnostic[];
  ignores: IgnoreComments;
};

type Bytes = { file: string; bytes: Uint8Array };

/**
 * Reads `handrail.yaml`, and lays an overlay over it if there is one. Names (a group, a connection, a
 * severity) are looked up in the result, so an overlay may supply what the settings leave open.
 */
export function readSettings(given: Bytes, overlay: Bytes | null = null): SettingsReading {
  const base = readAs(SettingsFile, given);
  const over = overlay === null ? null : readAs(SettingsOverlay, overlay);
  const { ignores } = base;
  const diagnostics = [...base.diagnostics, ...(over?.diagnostics ?? [])];
  if (base.value === null || base.file === null || diagnostics.length > 0) {
    return { settings: null, diagnostics, ignores: inPart(ignores) };
  }
  const { file } = base;
  const own = regularSettings(base.value);
  const settings = over?.value ? overlaid(own, over.value) : own;
  const unusable = [...unknownNames(settings, file), ...openTemplate({ file })];
  const review = settingsReview.flatMap((rule) => rule(own, file));
  return {
    settings: hasErrors(silence(unusable, ignores)) ? null : settings,
    diagnostics: inOrder([...unusable, ...review]),
    ignores,
  };
}

/** What the owners of the settings should mend; the bot can do its work meanwhile. */
const settingsReview: readonly ((settings: Settings, file: ParsedFile) => readonly Diagnostic[])[] =
  [
    unmetPolicies,
    secretsInSettings,
    connectionsNotHttps,
    (_settings, file) => settingsTemplates(file),
    (settings, file) => badQueries(queriesOf(settings), file),
    (settings, file) => ratiosWithoutTraffic(queriesOf(settings), file),
  ];

function readAs<T extends z.ZodType>(
  schema: T,
  { file, bytes }: Bytes,
): {
  value: z.infer<T> | null;
  file: ParsedFile | null;
  diagnostics: readonly Diagnostic[];
  ignores: IgnoreComments;
} {
  const { source, root, diagnostics, ignores } = readYaml(file, bytes);
  if (root === null) return { value: null, file: null, diagnostics, ignores };
  const parsed = schema.safeParse(toJson(root));
  const sound = { source, root };
  if (parsed.success) return { value: parsed.data, file: sound, diagnostics: [], ignores };
  const found = schemaDiagnostics(parsed.error.issues, sound);
  return { value: null, file: null, diagnostics: inOrder(found), ignores };
}
