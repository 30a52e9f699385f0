import { webApi } from '@slack/bolt';

import { PortError } from '#ports/port-error.ts';

/** Slack's own words for faults of its own, which pass. */
const PASSING: ReadonlySet<string> = new Set([
  'accesslimited',
  'fatal_error',
  'internal_error',
  'rate_limited',
  'ratelimited',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
]);

/**
 * What went wrong with a call, in a sentence of our own: the SDK's errors carry headers, bodies and
 * addresses, which must not reach a log or a channel.
 */
export function slackError(method: string, error: unknown): PortError {
  if (error instanceof PortError) return error;
  if (error instanceof webApi.WebAPIPlatformError) {
    const code = isFileRefused(error.data) ? 'invalid_slack_file' : safeCode(error.data.error);
    return new PortError(code, `Slack refused ${method}: ${code}`, { retry: PASSING.has(code) });
  }
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return new PortError('ratelimited', `Slack asks to wait before the next ${method}`, {
      retry: true,
    });
  }
  if (error instanceof webApi.WebAPIHTTPError) {
    const { statusCode } = error;
    return new PortError(`http_${statusCode}`, `Slack answered ${method} with ${statusCode}`, {
      retry: statusCode >= 500 || statusCode === 408,
    });
  }
  const code = networkCode(error);
  return new PortError(code, `Slack did not answer ${method}: ${code}`, { retry: true });
}

type Refused = webApi.WebAPIPlatformError['data'];

/** Slack says it only in its explanation: the blocks are well, but not the file that they show. */
function isFileRefused({ error, response_metadata: more }: Refused): boolean {
  return (
    error === 'invalid_blocks' &&
    (more?.messages?.some((message) => message.includes('invalid slack file')) ?? false)
  );
}

function networkCode(error: unknown): string {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; depth += 1) {
    if (cause.name === 'TimeoutError') return 'timeout';
    if ('code' in cause && typeof cause.code === 'string' && /^E[A-Z_]+$/.test(cause.code)) {
      return cause.code;
    }
    cause = cause instanceof webApi.WebAPIRequestError ? cause.original : cause.cause;
  }
  return 'network_error';
}

function safeCode(code: string): string {
  return /^[a-z0-9_.:-]{1,80}$/i.test(code) ? code : 'unknown_error';
}
