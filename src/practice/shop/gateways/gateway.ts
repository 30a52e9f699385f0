import { createServer } from 'node:https';

import { listen, type Listener } from '#practice/shop/net/listen.ts';
import { nodeListener } from '#practice/shop/net/serve-app.ts';
import type { Authority } from '#practice/shop/tls/authority.ts';

import { createPaymentsApp } from './payments-app.ts';

/** How a gateway is unwell. `down`: it refuses connections. */
export type GatewayFault = { down: boolean; delayMs: number; certificate: 'valid' | 'expired' };

export type Gateway = {
  name: string;
  /** `127.0.0.1:port`, the same for as long as it exists. */
  address: string;
  fault(): GatewayFault;
  /** Takes effect before it returns: connections that were open are dropped. */
  setFault(fault: GatewayFault): Promise<void>;
  close(): Promise<void>;
};

export const NO_GATEWAY_FAULT: GatewayFault = { down: false, delayMs: 0, certificate: 'valid' };
const USUAL_DELAY_MS = 15;

/** A payment gateway behind TLS under its own name. */
export async function createGateway(deps: {
  name: string;
  apiKeys: readonly string[];
  authority: Authority;
}): Promise<Gateway> {
  const closing = new AbortController();
  let fault = NO_GATEWAY_FAULT;

  const app = createPaymentsApp({
    apiKeys: deps.apiKeys,
    delayMs: () => USUAL_DELAY_MS + fault.delayMs,
    closing: closing.signal,
  });
  const server = createServer(deps.authority.issue(deps.name, 'valid'), nodeListener(app));
  let listener: Listener | null = await listen(server);
  const { port } = listener;

  async function stop(): Promise<void> {
    await listener?.close();
    listener = null;
  }

  return {
    name: deps.name,
    address: `127.0.0.1:${port}`,
    fault: () => fault,

    async setFault(next) {
      if (next.certificate !== fault.certificate) {
        server.setSecureContext(deps.authority.issue(deps.name, next.certificate));
        server.closeAllConnections();
      }
      fault = next;
      if (fault.down) await stop();
      else listener ??= await listen(server, port);
    },

    async close() {
      closing.abort();
      await stop();
    },
  };
}
