import { findConnection } from '#domain/runbook/find-connection.ts';
import type { ConnectionSettings, Settings } from '#domain/runbook/settings.ts';
import type { MeasurementRequest } from '#ports/checks.ts';
import { PortError } from '#ports/port-error.ts';

/** The name of the connection that a check uses; a PortError where it has none. */
export function connectionFor(
  settings: Settings,
  { service, mode }: Pick<MeasurementRequest, 'service' | 'mode'>,
  wanted: {
    named: string | undefined;
    role: string;
    types: readonly ConnectionSettings['type'][];
  },
): string {
  const found = findConnection(settings, { ...wanted, service, mode });
  if (found.ok) return found.name;
  throw new PortError('checks.connection', found.message, { retry: false });
}
