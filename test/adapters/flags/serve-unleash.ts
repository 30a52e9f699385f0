import type { IncomingMessage, ServerResponse } from 'node:http';

import { serve } from '#test/support/serve.ts';

import { token } from './flags-at.ts';

const feature = '/api/admin/projects/default/features/gateway-a-off/environments/production';

/** The smallest Unleash that has one feature, off. `before` may answer instead, or do nothing. */
export async function serveUnleash(
  before: (request: IncomingMessage, response: ServerResponse) => boolean = () => false,
) {
  const state = { enabled: false, changes: 0, loses: false };
  function answerTo({ headers, method, url = '' }: IncomingMessage): {
    status: number;
    body: object;
  } {
    if (headers.authorization !== token) {
      return { status: 401, body: { name: 'AuthenticationRequired', message: 'You must log in' } };
    }
    if (!url.startsWith(feature)) {
      return {
        status: 404,
        body: { name: 'NotFoundError', message: 'Could not find the feature' },
      };
    }
    if (method === 'POST') {
      const enabled = url === `${feature}/on`;
      if (enabled !== state.enabled) state.changes += 1;
      state.enabled = enabled;
      return { status: 200, body: { name: 'gateway-a-off' } };
    }
    return { status: 200, body: { name: 'production', enabled: state.enabled, strategies: [] } };
  }

  const server = await serve((request, response) => {
    if (before(request, response)) return;
    const { status, body } = answerTo(request);
    if (state.loses && request.method === 'POST') {
      response.destroy();
      return;
    }
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ...body, futureField: 1 }));
  });
  return Object.assign(server, { state });
}
