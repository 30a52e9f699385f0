import type { OutboundFailure } from '#ports/outbound.ts';

import type { Phase } from './attempt.ts';

/** Our machine or our network, at whatever point it shows. */
const OURS = new Set([
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EADDRINUSE',
  'EACCES',
  'EPERM',
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'ENOMEM',
]);

const UNSENDABLE = new Set([
  'ERR_INVALID_CHAR',
  'ERR_INVALID_HTTP_TOKEN',
  'ERR_HTTP_INVALID_HEADER_VALUE',
  'ERR_UNESCAPED_CHARACTERS',
  'ERR_INVALID_URL',
]);

/** What was asked for cannot be sent at all, and nothing of it was. */
export function isUnsendable(code: string): boolean {
  return UNSENDABLE.has(code);
}

/**
 * Whose failure an error is; null if it is none of the network's but a fault of this code. Names
 * that do not exist are the target's, every other trouble with names is ours.
 */
export function failureOf(
  error: unknown,
  phase: Phase,
  name: string,
): Omit<OutboundFailure, 'sent'> | null {
  const code = codeOf(error);
  if (code === null) return null;
  if (isUnsendable(code)) {
    return { fault: 'ours', code, message: 'The request is not valid HTTP', retry: false };
  }
  if (phase === 'lookup') {
    return code === 'ENOTFOUND'
      ? { fault: 'target', code: 'NXDOMAIN', message: `${name} does not exist`, retry: false }
      : { fault: 'ours', code, message: `${name} could not be resolved: ${code}`, retry: true };
  }
  if (OURS.has(code)) return { fault: 'ours', code, message: `No way there: ${code}`, retry: true };
  return { fault: 'target', code, message: messageOf(code, phase), retry: true };
}

/** When several addresses were tried, one that the target answered for counts before our own trouble. */
function codeOf(error: unknown): string | null {
  if (error instanceof AggregateError) {
    const codes = error.errors.map((each) => codeOf(each)).filter((code) => code !== null);
    return codes.find((code) => !OURS.has(code)) ?? codes[0] ?? null;
  }
  if (!(error instanceof Error)) return null;
  if (!('code' in error) || typeof error.code !== 'string') return null;
  return error.code.startsWith('HPE_') ? 'NOT_HTTP' : error.code;
}

function messageOf(code: string, phase: Phase): string {
  switch (code) {
    case 'ECONNREFUSED':
      return 'The connection was refused';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'The connection was closed before an answer came';
    default:
      return phase === 'tls' ? `TLS failed: ${code}` : `No usable answer: ${code}`;
  }
}
