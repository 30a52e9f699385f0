import type { z } from 'zod';

import type { Diagnostic } from '#domain/diagnostic.ts';

import { overlaid, regularSettings } from './regular-settings.ts';
import { type ParsedFile } from './rules/rule.ts';
import { unknownNames } from './rules/settings-names.ts';
import { schemaDiagnostics } from './schema-diagnostics.ts';
import { SettingsFile, SettingsOverlay } from './settings-file.ts';
import type { Settings } from './settings.ts';
import { readYaml } from './yaml/read-yaml.ts';
import { toJson } from './yaml/yaml-node.ts';

export type SettingsReading = {
  /** Null if there is any error among the diagnostics. */
  settings: Settings | null;
  diagnostics: readonly Diagnostic[];
};

type Bytes = { file: string; bytes: Uint8Array };

/**
 * Reads `handrail.yaml`, and lays an overlay over it if there is one. Names (a group, a connection, a
 * severity) are looked up in the result, so an overlay may supply what the settings leave open.
 */
export function readSettings(given: Bytes, overlay: Bytes | null = null): SettingsReading {
  const base = readAs(SettingsFile, given);
  const over = overlay === null ? null : readAs(SettingsOverlay, overlay);
  const diagnostics = [...base.diagnostics, ...(over?.diagnostics ?? [])];
  if (base.value === null || base.file === null || diagnostics.length > 0) {
    return { settings: null, diagnostics };
  }

  const own = regularSettings(base.value);
  const settings = over?.value ? overlaid(own, over.value) : own;
  const findings = unknownNames(settings, base.file);
  return { settings: findings.length === 0 ? settings : null, diagnostics: findings };
}

function readAs<T extends z.ZodType>(
  schema: T,
  { file, bytes }: Bytes,
): { value: z.infer<T> | null; file: ParsedFile | null; diagnostics: readonly Diagnostic[] } {
  const { source, root, diagnostics } = readYaml(file, bytes);
  if (root === null) return { value: null, file: null, diagnostics };
  const parsed = schema.safeParse(toJson(root));
  return parsed.success
    ? { value: parsed.data, file: { source, root }, diagnostics: [] }
    : {
        value: null,
        file: null,
        diagnostics: schemaDiagnostics(parsed.error.issues, { source, root }),
      };
}
