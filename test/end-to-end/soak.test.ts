import { expect, it } from 'vitest';

import { figuresOf, lateTakeOvers } from '#test/soak/figures.ts';
import { startOwnServer } from '#test/soak/own-server.ts';
import { playRound } from '#test/soak/round.ts';

/** On a quiet machine it is about a minute. */
const longest = { timeout: 300_000 };
/** The promise is ten seconds, which `npm run soak` asks for; here other tests may take the machine. */
const busyMs = 45_000;

it(
  'loses, doubles and holds up nothing while replicas, PostgreSQL and lines die',
  longest,
  async () => {
    await using server = await startOwnServer();

    const round = await playRound(server, { kills: 5, seed: 1 });

    process.stderr.write(`${figuresOf([round])}\n`);
    const wrong = [...round.violations, ...lateTakeOvers(round, busyMs)];
    if (wrong.length > 0) process.stderr.write([...wrong, round.log].join('\n'));
    expect(wrong).toEqual([]);
  },
);
