import { textOf, type JsonObject } from '#domain/json.ts';
import { findConnection } from '#domain/runbook/find-connection.ts';
import type { ConnectionSettings } from '#domain/runbook/settings.ts';
import type { Target } from '#ports/deploys.ts';
import { PortError } from '#ports/port-error.ts';

import type { WriteDeps, WriteRequest } from './write-kind.ts';

/**
 * Where a write goes: over the connection of its plan once there is one, else over the one that the
 * step or its service names.
 */
export function targetOf(
  deps: WriteDeps,
  { service, environment, mode, with: inputs }: WriteRequest,
  wanted: { role: string; types: readonly ConnectionSettings['type'][] },
  plan: JsonObject = {},
): Target {
  const named = textOf(plan['connection'], textOf(inputs['connection']));
  const found = findConnection(deps.runbooks.settings(), {
    ...wanted,
    named: named === '' ? undefined : named,
    service,
    mode,
  });
  if (found.ok) return { connection: found.name, service, environment };
  throw new PortError('writes.connection', found.message, { retry: false });
}
