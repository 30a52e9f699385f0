import type { MiddlewareHandler } from 'hono';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Keeps other web pages out of a workspace that trusts whoever reaches it: the request must name the
 * loopback host, and one that a browser sends on behalf of a page must come from our own.
 */
export const onlyFromHere: MiddlewareHandler = async (context, next) => {
  const url = URL.parse(`http://${context.req.header('host') ?? ''}`);
  const origin = context.req.header('origin');
  const foreign = origin !== undefined && origin !== url?.origin;
  if (url === null || !LOOPBACK.has(url.hostname) || foreign) {
    return context.text('This workspace answers on this machine only.', 403);
  }
  return next();
};
