import { expect, it } from 'vitest';

import { figuresOf, lateTakeOvers, promisedMs } from '#test/soak/figures.ts';
import { startOwnServer } from '#test/soak/own-server.ts';
import { playRound } from '#test/soak/round.ts';

/** On a quiet machine it is about a minute. */
const longest = { timeout: 300_000 };

it(
  'loses, doubles and holds up nothing while replicas, PostgreSQL and lines die',
  longest,
  async () => {
    await using server = await startOwnServer();

    const round = await playRound(server, { kills: 5, seed: 1 });

    process.stderr.write(`${figuresOf([round])}\n`);
    // The machine may be busy with other tests: `npm run soak` holds the promise itself.
    const wrong = [...round.violations, ...lateTakeOvers(round, 2 * promisedMs)];
    if (wrong.length > 0) process.stderr.write(round.log);
    expect(wrong).toEqual([]);
  },
);
