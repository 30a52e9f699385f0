import { expect, it } from 'vitest';

import { failureOf } from '#adapters/outbound/failure.ts';

import { systemError } from './gate.ts';

it.each([
  ['EHOSTUNREACH', 'ours'],
  ['ENETUNREACH', 'ours'],
  ['EADDRNOTAVAIL', 'ours'],
  ['EMFILE', 'ours'],
  ['ECONNREFUSED', 'target'],
  ['ECONNRESET', 'target'],
  ['ETIMEDOUT', 'target'],
  ['CERT_HAS_EXPIRED', 'target'],
])('%s while connecting is %s', (code, fault) => {
  expect(failureOf(systemError(code), 'connect', 'x')).toMatchObject({ code, fault });
});

it('counts what one of several addresses answered before what we could not reach', () => {
  const error = new AggregateError([systemError('ENETUNREACH'), systemError('ECONNREFUSED')]);

  expect(failureOf(error, 'connect', 'x')).toMatchObject({ fault: 'target', code: 'ECONNREFUSED' });
});

it('is not made of a fault in this code', () => {
  expect(failureOf(new TypeError('undefined is not a function'), 'response', 'x')).toBeNull();
});
