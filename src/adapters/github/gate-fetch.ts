import { wellFormedJson } from '#domain/well-formed-json.ts';
import type { Outbound } from '#ports/outbound.ts';
import { PortError } from '#ports/port-error.ts';

/** Of one request; whoever calls may give up sooner by its signal. */
const TIMEOUT_MS = 15_000;
const MAX_BYTES = 16 * 1024 * 1024;
/** A repository that was renamed answers with its new address. */
const REDIRECTS = 3;
const WITHOUT_BODY = new Set([204, 205, 304]);
/** The body has been unpacked by now, and has another length. */
const ABOUT_THE_WIRE = new Set(['content-encoding', 'content-length', 'transfer-encoding']);

type FetchOptions = {
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | null;
  signal?: AbortSignal | null;
};

/**
 * `fetch` as Octokit uses it, through the one gate. Rejects with a PortError: `github.unknown` where
 * the request may have arrived.
 */
export function createGateFetch(outbound: Outbound) {
  return async (url: string, options: FetchOptions = {}): Promise<Response> => {
    const { method = 'GET', headers = {}, body, signal } = options;
    const outcome = await outbound.request(
      {
        url,
        method,
        headers,
        ...(typeof body === 'string' && { body }),
        redirects: method === 'GET' ? REDIRECTS : 0,
        maxBytes: MAX_BYTES,
      },
      { timeoutMs: TIMEOUT_MS, signal: signal ?? new AbortController().signal },
    );
    if (!outcome.ok) {
      const { failure } = outcome;
      throw new PortError(
        failure.sent ? 'github.unknown' : 'github.unreachable',
        `GitHub ${failure.sent ? 'gave no answer' : "can't be reached"}: ${failure.message} (${failure.code}).`,
        { retry: failure.sent || failure.retry || failure.fault === 'target' },
      );
    }
    const { status, headers: received, body: bytes, truncated } = outcome.value;
    if (truncated) throw tooLong();
    const kept = Object.entries(received).filter(([name]) => !ABOUT_THE_WIRE.has(name));
    const isJson = /\bjson\b/i.test(received['content-type'] ?? '');
    const sent = isJson ? wellFormedJson(new TextDecoder().decode(bytes)) : Buffer.from(bytes);
    return new Response(WITHOUT_BODY.has(status) ? null : sent, {
      status,
      headers: kept,
    });
  };
}

function tooLong(): PortError {
  const message = 'The answer of GitHub is longer than 16 MiB.';
  return new PortError('github.too-long', message, { retry: false });
}
