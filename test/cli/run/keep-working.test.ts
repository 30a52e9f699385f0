import { describe, expect, it } from 'vitest';

import { keepWorking } from '#cli/run/keep-working.ts';
import { PortError } from '#ports/port-error.ts';

/** Answers in turn; after the last one the person leaves. */
function session(...answers: readonly (boolean | Error)[]) {
  const left = new AbortController();
  const ahead = [...answers];
  const seen: string[] = [];
  const stands = {
    async isAnyoneWorking() {
      const answer = ahead.shift();
      if (ahead.length === 0) left.abort();
      if (answer instanceof Error) throw answer;
      return answer ?? true;
    },
    async startWorking() {
      seen.push('works');
    },
  };
  return { stands, seen, signal: left.signal, told: () => seen.push('told') };
}

describe('a terminal', () => {
  it('begins to work when nobody else does, and says so', async () => {
    const { stands, seen, signal, told } = session(false, true);

    await keepWorking(stands, signal, told);

    expect(seen).toEqual(['works', 'told']);
  });

  it('leaves the work to a bot, and takes no silence of the database for an absent one', async () => {
    const silence = new PortError('store.unavailable', 'silent', { retry: true });
    const working = session(true);
    const silent = session(silence);

    await keepWorking(working.stands, working.signal, working.told);
    await keepWorking(silent.stands, silent.signal, silent.told);

    expect([...working.seen, ...silent.seen]).toEqual([]);
  });
});
