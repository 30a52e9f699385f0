import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { stringify } from 'yaml';

import { cleo } from '#practice/people.ts';
import type { Shop } from '#practice/shop/shop.ts';

import { practiceFiles } from './practice-files.ts';

/** Over how long rates are taken, how long it must stay healthy, and how often it is looked. */
export type Windows = { rate: string; hold: string; every: string };

/** What practice shortens, and nothing else is: said beside the score. */
export const practiceWindows = { rate: '10s', hold: '5s', every: '1s' } as const;

/** The credentials of the shop, by the names that the overlay gives them. */
export function tokensOf(shop: Shop): Readonly<Record<string, string>> {
  return { PRACTICE_DEPLOY_TOKEN: shop.deployToken, PRACTICE_FLAGS_TOKEN: shop.flagsToken };
}

/**
 * Writes what practice lays over the settings: where things are, who people are, short windows; and
 * beside it the tokens, for other commands of this machine.
 */
export async function writeOverlay(
  folder: string,
  shop: Shop,
  windows: Windows = practiceWindows,
): Promise<string> {
  const ca = path.resolve(folder, 'practice-ca.pem');
  await writeFile(ca, shop.caPem);
  const place = 'service="checkout",environment="${{ inputs.environment }}"';
  const rate = (code: string) => `sum(rate(http_requests_total{${place}${code}}[${windows.rate}]))`;
  const p95 = (histogram: string, by: string) =>
    `histogram_quantile(0.95, sum by (${by}) (rate(${histogram}_bucket{${place}}[${windows.rate}])))`;
  const short = { hold: windows.hold, every: windows.every };
  const overlay = {
    apiVersion: 'handrail/v1',
    kind: 'SettingsOverlay',
    connections: {
      prometheus: { type: 'prometheus', url: shop.prometheusUrl },
      deploys: {
        type: 'deploy-api',
        url: shop.deployApiUrl,
        token: '${{ secrets.PRACTICE_DEPLOY_TOKEN }}',
      },
      flags: {
        type: 'http',
        url: shop.flagsApiUrl,
        token: '${{ secrets.PRACTICE_FLAGS_TOKEN }}',
      },
    },
    groups: { 'incident-commanders': { users: [cleo] } },
    outbound: { allow: ['127.0.0.0/8'], hosts: shop.hosts, ca },
    metrics: {
      checkout: {
        error_rate: {
          query: `(${rate(',code=~"5.."')} or vector(0)) / ${rate('')}`,
          traffic: { query: rate(''), atLeast: 0.1 },
        },
        latency_p95: {
          query: p95('http_request_duration_seconds', 'le'),
          traffic: { query: rate(''), atLeast: 0.1 },
        },
        gateway_latency_p95: {
          query: `max(${p95('payment_gateway_request_duration_seconds', 'le, gateway')})`,
        },
      },
    },
    inputs: {
      'checkout-bad-gateway-url': short,
      'checkout-gateway-provider-down': short,
      'checkout-gateway-monitor': { pause: windows.hold },
      'checkout-latency': short,
      'checkout-staging-load': { rate: 20, duration: windows.hold },
    },
  };
  const files = practiceFiles(folder);
  await writeFile(files.overlay, stringify(overlay));
  const tokens = Object.entries(tokensOf(shop)).map(([name, token]) => `${name}=${token}\n`);
  // Anew, because a file that is there keeps its rights.
  await rm(files.env, { force: true });
  await writeFile(files.env, tokens.join(''), { mode: 0o600 });
  return files.overlay;
}
