import { fileURLToPath } from 'node:url';

import { type Benchmark, runNode } from './benchmark.ts';

const bin = fileURLToPath(new URL('../src/cli/handrail.js', import.meta.url));
const smoke = fileURLToPath(new URL('../runbooks/checkout/smoke.yaml', import.meta.url));

/** From the shell to the answer for one runbook: what an editor or a commit hook waits for. */
export const startUp: Benchmark = {
  name: 'handrail lint of one runbook',
  peerName: 'node -e 0',
  atMost: 3,
  rounds: 10,
  ours: () => runNode([bin, 'lint', smoke]),
  peer: () => runNode(['-e', '0']),
};
