import { compare } from './comparison.ts';
import { handrail, inRepository } from './paths.ts';

/** From the shell to the answer for one runbook: what an editor or a commit hook waits for. */
export function startUp(): void {
  const smoke = inRepository('runbooks/checkout/smoke.yaml');
  compare({
    what: 'lint of one runbook among eight others',
    ours: { name: 'handrail lint', command: [process.execPath, handrail, 'lint', smoke] },
    peers: [{ name: 'node -e 0', command: [process.execPath, '-e', '0'], atMost: 3 }],
    rounds: 10,
  });
}
