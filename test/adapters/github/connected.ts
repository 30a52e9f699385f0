import { createGitHub } from '#adapters/github/github.ts';
import { createSecrets } from '#adapters/secrets/secrets.ts';
import type { Json } from '#domain/json.ts';
import { gate } from '#test/adapters/outbound/gate.ts';

export const repository = { connection: 'github', name: 'acme/runbooks' };

export const withToken = { token: '${{ secrets.GITHUB_TOKEN }}' };

/** The adapter, connected to a loopback GitHub, and in a hurry. */
export function connected(
  api: { url: string },
  given: { options?: Record<string, Json>; env?: Record<string, string> } = {},
) {
  const { options = withToken, env = { GITHUB_TOKEN: 't0ken-t0ken' } } = given;
  return createGitHub({
    outbound: gate({ allow: ['127.0.0.1'] }),
    secrets: createSecrets({ env }),
    connections: () => ({ github: { type: 'github', url: api.url, drill: false, options } }),
    pace: 'hurried',
  });
}

export const soon = () => AbortSignal.timeout(10_000);
