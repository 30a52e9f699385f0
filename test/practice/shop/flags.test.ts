import { readFileSync } from 'node:fs';

import { load } from 'js-yaml';
import { expect, it } from 'vitest';
import { z } from 'zod';

import { call } from './call.ts';
import { openShop } from './open-shop.ts';

const flag = (environment: string) =>
  `/v1/services/checkout/environments/${environment}/flags/gateway-a-off`;

it('sends every payment through gateway B once gateway A is switched off', async () => {
  await using shop = await openShop({ ordersPerSecond: 0 });
  await shop.control('PATCH', '/faults', { gateways: { 'api.gateway-a.example': { down: true } } });
  expect(await shop.testOrder('production')).toMatchObject({ status: 500 });

  const set = await put(shop, 'production', { value: true, expected: false, reason: 'down' });

  expect(set).toMatchObject({ status: 200, body: { value: true, previous: false } });
  expect(await shop.testOrder('production')).toMatchObject({ status: 201 });
  expect(await shop.testOrder('staging')).toMatchObject({ status: 500 });
});

it.each([
  [
    'a change of what is no longer so',
    { value: true, expected: 'half', reason: '' },
    409,
    'Conflict',
  ],
  ['a value that is neither', { value: 'half', expected: false, reason: '' }, 422, 'Problem'],
  ['a body with more than it has', { value: true, expected: false, why: 1 }, 400, 'Problem'],
  ['a change', { value: true, expected: false, reason: '' }, 200, 'Changed'],
  ['a change that is done already', { value: false, expected: true, reason: '' }, 200, 'Changed'],
])('answers %s as the document says', async (_name, body, status, schema) => {
  await using shop = await openShop({ ordersPerSecond: 0 });

  const answer = await put(shop, 'production', body);

  expect(answer.status).toBe(status);
  expect(schemaOf(schema).parse(answer.body)).toBeTruthy();
});

it('lets nobody in without the token', async () => {
  await using shop = await openShop({ ordersPerSecond: 0 });

  expect(await call('GET', shop.flagsApiUrl + flag('production'))).toMatchObject({ status: 401 });
});

function put(shop: { flagsApiUrl: string; flagsToken: string }, environment: string, body: object) {
  const headers = { authorization: `Bearer ${shop.flagsToken}`, 'idempotency-key': 'by-hand' };
  return call('PUT', shop.flagsApiUrl + flag(environment), { headers, body });
}

function schemaOf(name: string): z.ZodType {
  const source = readFileSync('src/adapters/flags/http/openapi.yaml', 'utf8');
  const { components } = z
    .object({ components: z.object({ schemas: z.record(z.string(), z.looseObject({})) }) })
    .parse(load(source.replaceAll('#/components/schemas/', '#/$defs/')));
  return z.fromJSONSchema({ $ref: `#/$defs/${name}`, $defs: components.schemas });
}
