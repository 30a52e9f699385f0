import { changesList } from './changes-list.ts';
import type { CheckKind } from './check-kind.ts';
import { configCheck } from './config-check.ts';
import { deploysList } from './deploys-list.ts';
import { dnsCheck } from './dns-check.ts';
import { flagsGet } from './flags-get.ts';
import { httpCheck } from './http-check.ts';
import { loadCheck } from './load-check.ts';
import { metricCheck } from './metric-check.ts';
import { tcpCheck } from './tcp-check.ts';
import { tlsCheck } from './tls-check.ts';

export const checkKinds: readonly CheckKind[] = [
  httpCheck,
  tlsCheck,
  dnsCheck,
  tcpCheck,
  metricCheck,
  configCheck,
  deploysList,
  changesList,
  flagsGet,
  loadCheck,
];
