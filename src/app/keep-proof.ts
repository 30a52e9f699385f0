import { z } from 'zod';

import { textOf } from '#domain/json.ts';
import { proofOf, type Proof as RunProof } from '#domain/run/proof.ts';
import type { Task } from '#ports/jobs.ts';

import type { App } from './app.ts';
import { load } from './load.ts';

/** What the newest run says about a runbook, and the newest one that proves it. */
const Proof = z.object({
  run: z.string(),
  at: z.string(),
  how: z.enum(['live', 'dryRun', 'drill']),
  digest: z.string(),
  commit: z.string().nullable(),
  modified: z.boolean(),
  silent: z.array(z.object({ title: z.string(), finding: z.string() })),
});
export type Proof = z.infer<typeof Proof>;

const Kept = z.object({ last: Proof, proved: Proof.nullable() });
export type KeptProof = z.infer<typeof Kept>;

/**
 * Computed from the record when a run has ended, live or not, alone or called by another. Keeping one
 * again changes nothing; of two, the one that ended later counts.
 */
export function keepProof(app: Pick<App, 'store'>): Task {
  return async (payload) => {
    const { stream } = await load(app, textOf(payload['stream']));
    const run = stream.runs[textOf(payload['run'])];
    const found = run === undefined ? null : proofOf(run);
    if (run === undefined || found === null) return;

    const runbook = run.document.runbook.id;
    const known = await loadProof(app, runbook);
    const proof = asKept(run.id, found);
    const value: KeptProof = {
      last: later(known?.last ?? null, proof),
      proved: found.proves ? later(known?.proved ?? null, proof) : (known?.proved ?? null),
    };
    await app.store.setMark({ scope: 'proof', key: runbook, value });
  };
}

export async function loadProof(
  app: Pick<App, 'store'>,
  runbook: string,
): Promise<KeptProof | null> {
  const found = await app.store.mark('proof', runbook);
  return found === null ? null : Kept.parse(found);
}

function later(known: Proof | null, proof: Proof): Proof {
  return known !== null && known.at > proof.at ? known : proof;
}

function asKept(run: string, { at, how, digest, commit, modified, silent }: RunProof): Proof {
  return { run, at, how, digest, commit, modified, silent: [...silent] };
}
