import { parseArgs } from 'node:util';

import { kinds } from './calls.ts';
import { liveThrough } from './incident.ts';
import { oneByOne, type Plan, siteBySite, wrongs } from './plans.ts';
import { sweep, textOf } from './sweep.ts';

/**
 * The incident of the report on the real adapters, once for each call that goes out and each way in which
 * it goes wrong. With `--sites G`, G incidents for each way: in each, every G-th of what is called goes
 * wrong when it is called first. 0: all ended as they should.
 */
const { values } = parseArgs({
  options: {
    kind: { type: 'string', multiple: true, default: [...kinds] },
    trouble: { type: 'string', multiple: true },
    from: { type: 'string', default: '1' },
    to: { type: 'string' },
    every: { type: 'string', default: '1' },
    sites: { type: 'string' },
    /** So many incidents at one time. */
    beside: { type: 'string', default: '3' },
  },
});

const chosen = wrongs(kinds.filter((kind) => values.kind.includes(kind))).filter(
  ({ trouble }) => values.trouble?.includes(trouble) ?? true,
);
const { sites } = values;
const plans =
  sites === undefined
    ? await callByCall()
    : chosen.flatMap((wrong) => siteBySite(wrong, Number(sites)));
const swept = await sweep(plans, {
  beside: Number(values.beside),
  tell: (line) => process.stderr.write(`${line}\n`),
});
for (const problem of swept.problems) process.stdout.write(`${problem}\n`);
process.stdout.write(`${textOf(swept)}\n`);
process.exitCode = swept.problems.length === 0 ? 0 : 1;

/** How many calls there are, an incident without any fault tells. */
async function callByCall(): Promise<Plan[]> {
  const { calls } = await liveThrough(null);
  return chosen.flatMap((wrong) =>
    oneByOne(wrong, {
      from: Number(values.from),
      to: Number(values.to ?? calls.filter(({ kind }) => kind === wrong.kind).length),
      every: Number(values.every),
    }),
  );
}
