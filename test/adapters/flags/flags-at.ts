import { createFlags } from '#adapters/flags/flags.ts';
import { createOutbound } from '#adapters/outbound/outbound.ts';
import { createSecrets } from '#adapters/secrets/secrets.ts';
import type { ConnectionSettings } from '#domain/runbook/settings.ts';
import type { Flags } from '#ports/flags.ts';

export const token = 't0ken-t0ken';
export const target = {
  connection: 'flags',
  service: 'checkout',
  environment: 'production',
  flag: 'gateway-a-off',
};
export const on = { from: false, to: true, key: 'run-1/fail_over/1', reason: 'gateway A is down' };

export function flagsAt(
  type: ConnectionSettings['type'],
  url: string,
  options: ConnectionSettings['options'] = { token: '${{ secrets.TOKEN }}' },
  secret = token,
): Flags {
  return createFlags({
    outbound: createOutbound({
      settings: () => ({ allow: ['127.0.0.1'], hosts: {}, nameServers: [], ca: null }),
    }),
    secrets: createSecrets({ env: { TOKEN: secret } }),
    connections: () => ({ flags: { type, url, drill: false, options } }),
  });
}
