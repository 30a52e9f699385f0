import type { Json } from '#domain/json.ts';
import type { ConnectionSettings } from '#domain/runbook/settings.ts';
import type { FlagChange, Flags, FlagTarget } from '#ports/flags.ts';

import type { Ask } from './ask.ts';

/** The connection: a way to ask, and what else the settings say of it. */
export type Over = { ask: Ask; options: ConnectionSettings['options'] };

/** One way to reach flags. A new one is a file like its neighbours and a line in `flags.ts`. */
export type FlagProvider = {
  type: ConnectionSettings['type'];
  /** Headers that let a request in; `token` is the connection's, or null. */
  credentials(token: string | null): Record<string, string>;
  read(over: Over, target: FlagTarget): Promise<Json>;
  set(over: Over, target: FlagTarget, change: Parameters<Flags['set']>[1]): Promise<FlagChange>;
};
