import { expect, it } from 'vitest';

import { measure } from './measure.ts';

it('reads the flag where the step is', async () => {
  const world = { flags: { 'flags production gateway-a-off': true } };

  expect(await measure('flags.get', { flag: 'gateway-a-off' }, world)).toEqual({
    kind: 'measured',
    result: { value: true },
    summary: 'gateway-a-off is true',
  });
});

it.each([
  [{ flag: 'other' }, {}, 'There is no flag other.'],
  [{ flag: 'x', connection: 'prometheus' }, {}, 'not http or unleash or openfeature'],
  [{ flag: 'gateway-a-off' }, { request: { mode: 'drill' } as const }, 'not marked for drills'],
])('says nothing where it cannot read: %j', async (inputs, world, why) => {
  const measurement = await measure('flags.get', inputs, world);

  expect(measurement).toMatchObject({ kind: 'unavailable', retry: false });
  expect(JSON.stringify(measurement)).toContain(why);
});
