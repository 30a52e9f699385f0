import type { Diagnostic } from '#domain/diagnostic.ts';

/** The settings cannot be loaded at all; says so once, with every place. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super('the settings cannot be loaded');
    this.diagnostics = diagnostics;
  }
}
