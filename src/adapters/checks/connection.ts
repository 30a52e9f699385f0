import type { ConnectionSettings, Settings } from '#domain/runbook/settings.ts';
import type { MeasurementRequest } from '#ports/checks.ts';
import { PortError } from '#ports/port-error.ts';

/**
 * The name of the connection that a step names, else that of its service for this role. A drill
 * uses only connections that are marked for it.
 */
export function connectionFor(
  settings: Settings,
  request: Pick<MeasurementRequest, 'service' | 'mode'>,
  wanted: { named: string | undefined; role: string; type: ConnectionSettings['type'] },
): string {
  const name = wanted.named ?? settings.services[request.service]?.connections[wanted.role];
  if (name === undefined) {
    throw missing(`The service ${request.service} has no connection for ${wanted.role}.`);
  }
  const connection = settings.connections[name];
  if (connection === undefined) throw missing(`There is no connection ${name} in the settings.`);
  if (connection.type !== wanted.type) {
    throw missing(`The connection ${name} is of type ${connection.type}, not ${wanted.type}.`);
  }
  if (request.mode === 'drill' && !connection.drill) {
    throw missing(`The connection ${name} is not marked for drills.`);
  }
  return name;
}

function missing(message: string): PortError {
  return new PortError('checks.connection', message, { retry: false });
}
