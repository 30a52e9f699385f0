import { codeRepository } from '#domain/runbook/code-repository.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { MeasurementRequest } from '#ports/checks.ts';
import type { Repository } from '#ports/code-host.ts';
import { PortError } from '#ports/port-error.ts';

import { connectionFor } from './connection.ts';

/** The repository of the connection that a step names, else of that of its service for code. */
export function repositoryFor(
  settings: Settings,
  request: Pick<MeasurementRequest, 'service' | 'mode'>,
  named: string | undefined,
): Repository {
  const wanted = { named, role: 'code', types: ['github'] as const };
  const connection = connectionFor(settings, request, wanted);
  const found = codeRepository(settings, { connection, repository: null });
  if (found.ok) return found.repository;
  throw new PortError('checks.connection', found.message, { retry: false });
}
