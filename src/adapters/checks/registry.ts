import type { CheckKind } from './check-kind.ts';

/** Each is loaded when it measures first: a gate has two or three of them, and waits for what is loaded. */
export const checkKinds: ReadonlyMap<string, () => Promise<CheckKind>> = new Map([
  ['check.http', async () => (await import('./http-check.ts')).httpCheck],
  ['check.tls', async () => (await import('./tls-check.ts')).tlsCheck],
  ['check.dns', async () => (await import('./dns-check.ts')).dnsCheck],
  ['check.tcp', async () => (await import('./tcp-check.ts')).tcpCheck],
  ['check.metric', async () => (await import('./metric-check.ts')).metricCheck],
  ['check.config', async () => (await import('./config-check.ts')).configCheck],
  ['deploys.list', async () => (await import('./deploys-list.ts')).deploysList],
  ['changes.list', async () => (await import('./changes-list.ts')).changesList],
  ['flags.get', async () => (await import('./flags-get.ts')).flagsGet],
  ['check.load', async () => (await import('./load-check.ts')).loadCheck],
]);
