import { configCheck } from './config-check.ts';
import { deployKinds } from './deploys.ts';
import { dnsCheck } from './dns-check.ts';
import { flagKinds } from './flags.ts';
import { flowKinds } from './flow.ts';
import { httpCheck } from './http-check.ts';
import { httpRequest } from './http-request.ts';
import { loadCheck } from './load-check.ts';
import { metricCheck } from './metric-check.ts';
import { peopleKinds } from './people.ts';
import type { StepKind } from './step-kind.ts';
import { tcpCheck } from './tcp-check.ts';
import { tellingKinds } from './telling.ts';
import { tlsCheck } from './tls-check.ts';

/** Every kind of step. A new one is a file like its neighbours and a line here. */
export const stepKinds: readonly StepKind[] = [
  httpCheck,
  tlsCheck,
  dnsCheck,
  tcpCheck,
  metricCheck,
  configCheck,
  loadCheck,
  httpRequest,
  ...deployKinds,
  ...flagKinds,
  ...peopleKinds,
  ...tellingKinds,
  ...flowKinds,
];
