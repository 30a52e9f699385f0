import { PortError } from '#ports/port-error.ts';

/** What Octokit throws, as a PortError; anything else is our own fault and stays as it is. */
export function failureOf(error: unknown, connection: string): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof PortError) return error;
  if (error.cause instanceof PortError) return error.cause;
  const status = statusOf(error);
  if (status === null) return error;
  const said = error.message.slice(0, 300);
  if (status === 401) {
    return new PortError(
      'github.credentials',
      `GitHub refused the credentials of the connection ${connection}: ${said}`,
      { retry: false, cause: error },
    );
  }
  if (status === 429 || (status === 403 && /rate limit/i.test(said))) {
    return new PortError('github.busy', `GitHub asks us to wait: ${said}`, {
      retry: true,
      cause: error,
    });
  }
  if (status >= 500) {
    return new PortError('github.unknown', `GitHub answered ${status}: ${said}`, {
      retry: true,
      cause: error,
    });
  }
  return new PortError(`github.${status}`, `GitHub answered ${status}: ${said}`, {
    retry: false,
    cause: error,
  });
}

/** Whether GitHub answered with this status. */
export function isAnswer(error: unknown, status: number): boolean {
  return error instanceof PortError && error.code === `github.${status}`;
}

function statusOf(error: Error): number | null {
  return 'status' in error && typeof error.status === 'number' ? error.status : null;
}
