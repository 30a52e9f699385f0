import type { Settings, Shipment } from './deployment.ts';

export type EnvironmentName = 'production' | 'staging';

/** What was built, and by how much its settings differ from the usual ones. */
type Build = Omit<Shipment, 'settings'> & {
  /** How long before practice began it was deployed; null: not yet. */
  hoursAgo: Readonly<Record<EnvironmentName, number>> | null;
  settings: Readonly<Record<EnvironmentName, Settings>>;
};

/** What each gateway knows its customers by. */
export const API_KEYS = {
  production: { a: 'gw_live_7c1e90d2', b: 'b_live_92e04d1a' },
  staging: { a: 'gw_test_55ab02f7', b: 'b_test_3f7c6610' },
  sandbox: { a: 'gw_sandbox_310f8e' },
};

const AS_USUAL = { production: {}, staging: {} };

/**
 * Until 1841 all is well. 1842 ships two gateway addresses that are wrong, in production alone. 1843
 * waits longer for a gateway than is allowed, which does no harm to anybody.
 */
export const BUILDS: readonly Build[] = [
  {
    build: '1839',
    commit: '8f0c2d41b7',
    actor: 'erin',
    commits: ['8f0c2d41b7 Show the delivery date before payment'],
    files: ['src/cart/delivery.ts', 'src/pages/payment.tsx'],
    hoursAgo: { production: 74, staging: 76 },
    settings: AS_USUAL,
  },
  {
    build: '1840',
    commit: '1b9e77ac05',
    actor: 'farid',
    commits: ['4d2210fe93 Round taxes per line', '1b9e77ac05 Add a test for tax rounding'],
    files: ['src/tax/round.ts', 'test/tax/round.test.ts'],
    hoursAgo: { production: 27, staging: 29 },
    settings: AS_USUAL,
  },
  {
    build: '1841',
    commit: 'c6a5308d12',
    actor: 'gwen',
    commits: ['c6a5308d12 Retry the receipt mail'],
    files: ['src/mail/receipt.ts'],
    hoursAgo: { production: 5, staging: 7 },
    settings: AS_USUAL,
  },
  {
    build: '1842',
    commit: 'e41d09f6aa',
    actor: 'hugo',
    commits: [
      'a93fb1c7de Read gateway addresses from one place',
      'e41d09f6aa Tidy up the deploy values',
    ],
    files: ['src/payment/gateways.ts', 'deploy/values/production.yaml'],
    hoursAgo: null,
    settings: {
      production: {
        PAYMENT_GATEWAY_URL: open('https://sandbox.gateway-a.example'),
        PAYMENT_GATEWAY_B_URL: open('https://sandbox.gateway-b.example'),
      },
      staging: {},
    },
  },
  {
    build: '1843',
    commit: '70ce4b9d18',
    actor: 'ines',
    commits: ['70ce4b9d18 Give slow banks more time'],
    files: ['src/payment/timeouts.ts', 'deploy/values/production.yaml'],
    hoursAgo: null,
    settings: {
      production: { PAYMENT_GATEWAY_TIMEOUT_MS: open('15000') },
      staging: { PAYMENT_GATEWAY_TIMEOUT_MS: open('15000') },
    },
  },
];

/** Staging talks to the same hosts as production; its key makes the payments test payments. */
const USUAL: Readonly<Record<EnvironmentName, Settings>> = {
  production: usual(API_KEYS.production, 'info'),
  staging: usual(API_KEYS.staging, 'debug'),
};

function usual(apiKeys: { a: string; b: string }, logLevel: string): Settings {
  return {
    PAYMENT_GATEWAY_URL: open('https://api.gateway-a.example'),
    PAYMENT_GATEWAY_B_URL: open('https://api.gateway-b.example'),
    PAYMENT_GATEWAY_TIMEOUT_MS: open('2000'),
    PAYMENT_GATEWAY_API_KEY: { value: apiKeys.a, secret: true },
    PAYMENT_GATEWAY_B_API_KEY: { value: apiKeys.b, secret: true },
    LOG_LEVEL: open(logLevel),
  };
}

function open(value: string) {
  return { value, secret: false };
}

/** A build with what it ships to this environment. */
export function shipmentOf(build: Build, environment: EnvironmentName): Shipment {
  const { commit, actor, commits, files } = build;
  const settings = { ...USUAL[environment], ...build.settings[environment] };
  return { build: build.build, commit, actor, commits, files, settings };
}
