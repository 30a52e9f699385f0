import type { OutboundRequest } from '#ports/outbound.ts';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Says nothing about who asks. */
const HARMLESS = new Set(['accept', 'accept-language', 'user-agent']);

/**
 * The request that a redirect asks for, or null where there is none. As browsers do it, a POST
 * becomes a GET but for 307 and 308. Any header may carry a credential, so another origin (also
 * the same host without TLS) gets only those that cannot; and no body, ever.
 */
export function redirected(
  request: OutboundRequest,
  response: { status: number; location: string | undefined },
): OutboundRequest | null {
  if (!REDIRECTS.has(response.status) || response.location === undefined) return null;
  const from = new URL(request.url);
  const to = URL.parse(response.location, from.href);
  if (to === null) return null;

  const sameOrigin = to.origin === from.origin;
  const keepsBody = sameOrigin && (response.status === 307 || response.status === 308);
  const method = request.method ?? 'GET';
  return {
    ...request,
    url: to.href,
    method: keepsBody || method === 'HEAD' ? method : 'GET',
    body: keepsBody ? request.body : undefined,
    headers: sameOrigin ? withoutBody(request.headers, keepsBody) : harmless(request.headers),
    redirects: (request.redirects ?? 0) - 1,
  };
}

function withoutBody(
  headers: OutboundRequest['headers'],
  keepsBody: boolean,
): OutboundRequest['headers'] {
  return keepsBody ? headers : filterHeaders(headers, (name) => !name.startsWith('content-'));
}

function harmless(headers: OutboundRequest['headers']): OutboundRequest['headers'] {
  return filterHeaders(headers, (name) => HARMLESS.has(name));
}

function filterHeaders(
  headers: OutboundRequest['headers'],
  keep: (name: string) => boolean,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers ?? {}).filter(([name]) => keep(name.toLowerCase())),
  );
}
