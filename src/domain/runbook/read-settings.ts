import type { z } from 'zod';

import type { Diagnostic } from '#domain/diagnostic.ts';

import { type IgnoreComments, inPart, silence } from './ignores.ts';
import { hasErrors, inOrder } from './in-order.ts';
import { parseAsMeant } from './parse-as-meant.ts';
import { overlaid, regularSettings } from './regular-settings.ts';
import { openTemplate } from './rules/open-template.ts';
import type { ParsedFile, SettingsSubject } from './rules/rule.ts';
import { unknownNames } from './rules/settings-names.ts';
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
  /** What can be looked at further, without an overlay; null if the file has not the shape of settings. */
  subject: SettingsSubject | null;
  ignores: IgnoreComments;
};

type Bytes = { file: string; bytes: Uint8Array };

/**
 * Reads `handrail.yaml` for what keeps it from being used (`review-settings.ts` has the rest), and lays an overlay over it if there is one. Names (a group, a connection, a
 * severity) are looked up in the result, so an overlay may supply what the settings leave open.
 */
export function readSettings(given: Bytes, overlay: Bytes | null = null): SettingsReading {
  const base = readAs(SettingsFile, given);
  const over = overlay === null ? null : readAs(SettingsOverlay, overlay);
  const { file, ignores } = base;
  const unsound = [...base.diagnostics, ...(over?.diagnostics ?? [])];
  if (base.value === null || file === null || over?.value === null) {
    const diagnostics = inOrder(unsound);
    return { settings: null, diagnostics, subject: null, ignores: inPart(ignores) };
  }
  const own = regularSettings(base.value);
  const settings = over === null ? own : overlaid(own, over.value);
  const found = [...unsound, ...unknownNames(settings, file), ...openTemplate({ file })];
  return {
    settings: hasErrors(silence(found, ignores)) ? null : settings,
    diagnostics: inOrder(found),
    subject: { settings: own, file },
    ignores,
  };
}

function readAs<T extends z.ZodType>(
  schema: T,
  given: Bytes,
): {
  value: z.infer<T> | null;
  file: ParsedFile | null;
  diagnostics: readonly Diagnostic[];
  ignores: IgnoreComments;
} {
  const { source, root, diagnostics, ignores } = readYaml(given.file, given.bytes);
  if (root === null) return { value: null, file: null, diagnostics, ignores };
  const { value, issues } = parseAsMeant(schema, toJson(root));
  const file = { source, root };
  const found = [...diagnostics, ...schemaDiagnostics(issues, file)];
  return { value, file, diagnostics: found, ignores };
}
