import { credentialsFor, sameOrigin } from '#adapters/http/credentials.ts';
import type { MeasurementRequest } from '#ports/checks.ts';

import type { CheckDeps } from './check-kind.ts';
import { connectionFor } from './connection.ts';

/** Where a request goes, and the headers that let it in; their names are in lower case. */
export type Aim = { url: string; headers: Readonly<Record<string, string>> };

/**
 * A path is below the URL of the step's `http` connection, or else of its service's. The credentials
 * of that connection go to its own origin and nowhere else, whatever URL the step asks for.
 */
export function aimOf(
  request: Pick<MeasurementRequest, 'service' | 'mode'>,
  given: { url: string; connection: string | undefined },
  deps: Pick<CheckDeps, 'settings' | 'secrets'>,
): Aim {
  const settings = deps.settings();
  const { url, connection: named } = given;
  const isPath = url.startsWith('/');
  const ofService = settings.services[request.service]?.connections['http'];
  const known = settings.connections[named ?? ofService ?? ''];
  const isOwn = known !== undefined && sameOrigin(url, known.url);
  if (named === undefined && !isPath && !isOwn) return { url, headers: {} };

  const name = connectionFor(settings, request, { named, role: 'http', types: ['http'] });
  const connection = settings.connections[name];
  const base = (connection?.url ?? '').replace(/\/+$/, '');
  const whole = isPath ? base + url : url;
  return { url: whole, headers: credentialsFor(whole, connection, deps.secrets) };
}
