import { expect, it } from 'vitest';

import { groupsThatCount } from '#domain/authorisation/why-not.ts';
import { settings } from '#test/support/runbooks.ts';

const permissions = { declare: ['a'], steer: ['b', 'c'], redact: ['d'], token: ['e'] };
const open = { declare: null, steer: null, redact: null, token: null };
const owners = Object.values(settings.services).map(({ owner }) => owner);

it.each([
  ['incident.note', [], []],
  ['product.check', [], []],
  ['incident.declare', ['a'], []],
  ['run.answer', ['b', 'c'], []],
  ['token.issue', ['e'], []],
  ['record.redact', ['d'], owners],
] as const)(
  '%s goes by the groups that its rule names, and by no other',
  (action, named, without) => {
    expect(groupsThatCount(action, { ...settings, permissions })).toEqual(named);
    expect(groupsThatCount(action, { ...settings, permissions: open })).toEqual(without);
  },
);

it('may go by any of the settings where a request names its own', () => {
  expect(groupsThatCount('write.approve', settings)).toEqual(Object.keys(settings.groups));
});
