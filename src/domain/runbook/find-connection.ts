import type { RunMode } from './runbook.ts';
import type { ConnectionSettings, Settings } from './settings.ts';

export type FoundConnection = { ok: true; name: string } | { ok: false; message: string };

/**
 * The connection that a step names, else that of its service for this role. Decided anew at each
 * use: settings reload. A drill only ever uses what is marked for drills.
 */
export function findConnection(
  settings: Settings,
  wanted: {
    named: string | undefined;
    role: string;
    types: readonly ConnectionSettings['type'][];
    service: string;
    mode: RunMode;
  },
): FoundConnection {
  const { role, service, types } = wanted;
  const name = wanted.named ?? settings.services[service]?.connections[role];
  if (name === undefined) return missing(`The service ${service} has no connection for ${role}.`);
  const connection = settings.connections[name];
  if (connection === undefined) return missing(`There is no connection ${name} in the settings.`);
  if (!types.includes(connection.type)) {
    return missing(
      `The connection ${name} is of type ${connection.type}, not ${types.join(' or ')}.`,
    );
  }
  if (wanted.mode === 'drill' && !connection.drill) {
    return missing(`The connection ${name} is not marked for drills.`);
  }
  return { ok: true, name };
}

function missing(message: string): FoundConnection {
  return { ok: false, message };
}
