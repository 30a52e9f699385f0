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
    expect(groupsThatCount(action, { ...settings, permissions }, null)).toEqual(named);
    expect(groupsThatCount(action, { ...settings, permissions: open }, null)).toEqual(without);
  },
);

it.each([
  ['write.approve', ['a', 'b']],
  ['write.reject', ['a', 'b']],
  ['write.break-glass', ['c', 'd']],
] as const)('%s goes by the groups that the request names', (action, named) => {
  const request = {
    required: 1,
    groups: ['a', 'b'],
    breakGlass: ['c'],
    oncall: 'd',
    requester: { kind: 'person', id: 'x', name: 'x' },
    since: '2026-11-24T09:00:00.000Z',
    approvedBy: [],
  } as const;

  expect(groupsThatCount(action, settings, request)).toEqual(named);
  expect(groupsThatCount(action, settings, null)).toEqual([]);
});
