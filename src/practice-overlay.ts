import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { dump } from 'js-yaml';

import { cleo } from '#practice/people.ts';
import type { Shop } from '#practice/shop/shop.ts';

import { practiceFiles } from './practice-files.ts';

/**
 * Over how long rates are taken, how long it must stay healthy, how often it is looked, and after how
 * long a rollback is said not to have helped.
 */
export type Windows = {
  rate: string;
  hold: string;
  every: string;
  giveUp: string;
  /** In what time the other gateway must answer, where that is not as in the runbooks. */
  fastEnough?: string;
  /** After how long nobody's answer is told again, and to the commanders. */
  escalation?: { again: string; commanders: string };
};

/** What practice shortens, and nothing else is: said beside the score. */
export const practiceWindows: Windows = { rate: '10s', hold: '5s', every: '1s', giveUp: '40s' };

/** The credentials of the shop, by the names that the overlay gives them. */
export function tokensOf(shop: Shop): Readonly<Record<string, string>> {
  return {
    PRACTICE_DEPLOY_TOKEN: shop.deployToken,
    PRACTICE_FLAGS_TOKEN: shop.flagsToken,
    PRACTICE_SETTINGS_TOKEN: shop.settingsToken,
  };
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
  const { fastEnough } = windows;
  const around = { ...short, ...(fastEnough !== undefined && { fast_enough: fastEnough }) };
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
      settings: {
        type: 'http',
        url: 'https://settings.example.com',
        token: '${{ secrets.PRACTICE_SETTINGS_TOKEN }}',
      },
    },
    groups: { 'incident-commanders': { users: [cleo] } },
    outbound: { allow: ['127.0.0.0/8'], hosts: shop.hosts, ca },
    ...(windows.escalation && { escalation: escalation(windows.escalation) }),
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
      'checkout-bad-gateway-url': { ...short, give_up: windows.giveUp },
      'checkout-certificate-expired': around,
      'checkout-configuration-drift': short,
      'checkout-gateway-provider-down': around,
      'checkout-gateway-monitor': { pause: windows.hold },
      'checkout-latency': around,
      'checkout-staging-load': { rate: 20, duration: windows.hold },
    },
  };
  const files = practiceFiles(folder);
  await writeFile(files.overlay, dump(overlay));
  const tokens = Object.entries(tokensOf(shop)).map(([name, token]) => `${name}=${token}\n`);
  // Anew, because a file that is there keeps its rights.
  await rm(files.env, { force: true });
  await writeFile(files.env, tokens.join(''), { mode: 0o600 });
  return files.overlay;
}

function escalation({ again, commanders }: NonNullable<Windows['escalation']>) {
  const ladder = [
    { after: '0s', tell: 'payments-oncall' },
    { after: again, tell: 'payments-oncall' },
    { after: commanders, tell: 'incident-commanders' },
  ];
  return { SEV1: ladder, SEV2: ladder };
}
