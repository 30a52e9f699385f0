import { expect, it } from 'vitest';

import { whenUsed } from '#src/when-used.ts';

function counted() {
  let loads = 0;
  const port = whenUsed(async () => {
    loads += 1;
    return {
      add: async (one: number, other: number) => one + other,
      fail: async (): Promise<never> => {
        throw new Error('no answer');
      },
    };
  });
  return { port, loads: () => loads };
}

it('loads an adapter at the first call, once, and calls it', async () => {
  const { port, loads } = counted();
  expect(loads()).toBe(0);

  const sums = await Promise.all([port.add(1, 2), port.add(3, 4)]);

  expect({ sums, loads: loads() }).toEqual({ sums: [3, 7], loads: 1 });
  await expect(port.fail()).rejects.toThrow('no answer');
});

it('can be awaited and told without being loaded', async () => {
  const { port, loads } = counted();

  expect(await Promise.resolve(port)).toBe(port);
  expect(String(Object.keys(port))).toBe('');
  expect(loads()).toBe(0);
});
