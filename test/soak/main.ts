import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { figuresOf, lateTakeOvers } from './figures.ts';
import { startOwnServer } from './own-server.ts';
import { playRound, type Round } from './round.ts';
import { promisedMs } from './take-overs.ts';

/** Kills replicas under load, world after world. 0: nothing lost, doubled or stuck, and taken over in time. */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    round: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
});
const kills = Number(values.kills);
const perRound = Number(values.round);
const rounds: Round[] = [];
let problems = 0;

await using server = await startOwnServer();
for (let done = 0; done < kills; done += perRound) {
  const seed = Number(values.seed) + rounds.length;
  const round = await playRound(server, { kills: Math.min(perRound, kills - done), seed });
  rounds.push(round);
  const wrong = [...round.violations, ...lateTakeOvers(round, promisedMs)];
  problems += wrong.length;
  process.stderr.write(`up to seed ${seed}: ${figuresOf(rounds)}\n`);
  for (const one of wrong) process.stdout.write(`seed ${seed}: ${one}\n`);
  if (wrong.length > 0) {
    const file = path.join(tmpdir(), `handrail-soak-${seed}.log`);
    await writeFile(file, round.log);
    process.stdout.write(`seed ${seed}: what the replicas said is in ${file}\n`);
  }
}
process.stdout.write(`${figuresOf(rounds)}\n`);
process.exitCode = problems === 0 ? 0 : 1;
