import { describe, expect, it } from 'vitest';

import { call } from '#test/practice/shop/call.ts';
import { eventually } from '#test/practice/shop/eventually.ts';

import { openDeploys } from './open-deploys.ts';
import { schemaOf } from './openapi-schema.ts';

const FROM_1841_TO_1840 = { from: 'production-3', to: 'production-2' };
const A_LONG_TIME = 60_000;

describe('deploy API', () => {
  it('lists deployments newest first, and no more than asked for', async () => {
    await using deploys = await openDeploys();
    const { body } = await deploys.get('/deployments?limit=2');

    expect(body).toMatchObject({
      deployments: [
        { id: 'production-3', build: '1841', status: 'succeeded' },
        { id: 'production-2', build: '1840' },
      ],
    });
    expect(schemaOf('DeploymentList').parse(body)).toBeTruthy();
  });

  it('keeps the values of secrets back, and only those', async () => {
    await using deploys = await openDeploys();
    const { body } = await deploys.get('/deployments/production-3/configuration');

    expect(body).toMatchObject({
      deployment: 'production-3',
      values: {
        PAYMENT_GATEWAY_URL: { value: 'https://api.gateway-a.example', secret: false },
        PAYMENT_GATEWAY_API_KEY: { value: null, secret: true },
      },
    });
    expect(schemaOf('Configuration').parse(body)).toBeTruthy();
  });

  it.each([
    ['/deployments?limit=0', 400, 'invalid'],
    ['/deployments?limit=101', 400, 'invalid'],
    ['/deployments/nothing/configuration', 404, 'not_found'],
    ['/rollbacks', 400, 'invalid'],
    ['/rollbacks/nothing', 404, 'not_found'],
    ['/nothing', 404, 'not_found'],
  ])('answers %s with %i %s', async (path, status, code) => {
    await using deploys = await openDeploys();
    const answer = await deploys.get(path);

    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(schemaOf('Problem').parse(answer.body)).toBeTruthy();
  });

  it('lets nobody in without the token', async () => {
    await using deploys = await openDeploys();

    expect(await call('GET', `${deploys.root}/deployments`)).toMatchObject({ status: 401 });
    expect(
      await call('POST', `${deploys.root}/rollbacks`, { headers: { authorization: 'Bearer x' } }),
    ).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  });

  it('has neither another service nor another environment', async () => {
    await using deploys = await openDeploys();
    const headers = { authorization: 'Bearer secret' };

    for (const root of [
      deploys.root.replace('checkout', 'search'),
      deploys.root.replace('production', 'moon'),
    ]) {
      expect(await call('GET', `${root}/deployments`, { headers })).toMatchObject({ status: 404 });
    }
  });
});

describe('a rollback', () => {
  it('is accepted, happens, and becomes a deployment of its own', async () => {
    await using deploys = await openDeploys();
    const started = await deploys.rollBack('k1', FROM_1841_TO_1840);

    expect(started).toMatchObject({ status: 202, body: { key: 'k1', status: 'pending' } });
    expect(schemaOf('Rollback').parse(started.body)).toBeTruthy();

    await eventually(async () => {
      const { body } = await deploys.get(`/rollbacks/${String(started.body['id'])}`);
      return body['status'] === 'succeeded';
    });
    expect(deploys.instances).toEqual(['1840', '1840', '1840']);
    expect((await deploys.get('/deployments?limit=1')).body).toMatchObject({
      deployments: [
        { id: 'production-4', build: '1840', kind: 'rollback', rolledBackFrom: 'production-3' },
      ],
    });
  });

  it('restores the configuration of its target', async () => {
    await using deploys = await openDeploys();
    await deploys.rollBack('k1', FROM_1841_TO_1840);
    const now = await eventually(() => deploys.environment.find('production-4'));

    expect(now.settings).toEqual(deploys.environment.find('production-2')?.settings);
  });

  it('is started once for a key, however often it is asked for', async () => {
    await using deploys = await openDeploys();
    const [first, second] = await Promise.all([
      deploys.rollBack('k1', FROM_1841_TO_1840),
      deploys.rollBack('k1', FROM_1841_TO_1840),
    ]);
    await eventually(() => deploys.instances.every((build) => build === '1840'));
    const later = await deploys.rollBack('k1', FROM_1841_TO_1840);

    expect(new Set([first.status, second.status])).toEqual(new Set([200, 202]));
    expect(later).toMatchObject({ status: 200, body: { id: first.body['id'] } });
    expect(deploys.environment.list(100)).toHaveLength(4);
  });

  it('is found by its key, and by no other', async () => {
    await using deploys = await openDeploys();
    await deploys.rollBack('k1', FROM_1841_TO_1840);

    const { body } = await deploys.get('/rollbacks?key=k1');
    expect(body).toMatchObject({ rollbacks: [{ key: 'k1' }] });
    expect(schemaOf('RollbackList').parse(body)).toBeTruthy();
    expect((await deploys.get('/rollbacks?key=k2')).body).toEqual({ rollbacks: [] });
  });

  it('is refused under a key that belongs to another', async () => {
    await using deploys = await openDeploys();
    await deploys.rollBack('k1', FROM_1841_TO_1840);

    expect(
      await deploys.rollBack('k1', { from: 'production-3', to: 'production-1' }),
    ).toMatchObject({ status: 422, body: { code: 'key_reused' } });
  });

  it('is refused if something else runs by now', async () => {
    await using deploys = await openDeploys();
    const answer = await deploys.rollBack('k1', { from: 'production-2', to: 'production-1' });

    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'changed', current: 'production-3' },
    });
    expect(schemaOf('Conflict').parse(answer.body)).toBeTruthy();
    expect((await deploys.get('/rollbacks?key=k1')).body).toEqual({ rollbacks: [] });
  });

  it('is refused while another one is under way', async () => {
    await using deploys = await openDeploys({ stageMs: A_LONG_TIME });
    await deploys.rollBack('k1', FROM_1841_TO_1840);

    expect(await deploys.rollBack('k2', FROM_1841_TO_1840)).toMatchObject({
      status: 409,
      body: { code: 'busy' },
    });
  });

  it('is refused for a target that never ran', async () => {
    await using deploys = await openDeploys();

    expect(await deploys.rollBack('k1', { from: 'production-3', to: 'x' })).toMatchObject({
      status: 422,
      body: { code: 'unknown_target' },
    });
  });

  it.each([
    ['no key', '', FROM_1841_TO_1840],
    ['a field that nobody knows', 'k1', { ...FROM_1841_TO_1840, force: true }],
    ['no target', 'k1', { from: 'production-3' }],
  ])('is refused with %s', async (_, key, body) => {
    await using deploys = await openDeploys();

    expect(await deploys.rollBack(key, body)).toMatchObject({
      status: 400,
      body: { code: 'invalid' },
    });
  });
});

describe('a deploy API that misbehaves', () => {
  it('does the work and never answers, yet knows the rollback by its key', async () => {
    await using deploys = await openDeploys();
    deploys.setFaults({ answer: 'lost' });
    const impatient = AbortSignal.timeout(100);

    await expect(deploys.rollBack('k1', FROM_1841_TO_1840, impatient)).rejects.toThrow('aborted');
    await eventually(() => deploys.instances.every((build) => build === '1840'));
    expect((await deploys.get('/rollbacks?key=k1')).body).toMatchObject({
      rollbacks: [{ key: 'k1', status: 'succeeded' }],
    });
    expect(await deploys.rollBack('k1', FROM_1841_TO_1840)).toMatchObject({ status: 200 });
  });

  it('begins late, when its caller has already gone', async () => {
    await using deploys = await openDeploys();
    deploys.setFaults({ answer: 'late', lateMs: 200 });
    const impatient = AbortSignal.timeout(50);

    await expect(deploys.rollBack('k1', FROM_1841_TO_1840, impatient)).rejects.toThrow('aborted');
    expect((await deploys.get('/rollbacks?key=k1')).body).toEqual({ rollbacks: [] });
    await eventually(() => deploys.instances.every((build) => build === '1840'));
  });

  it.each([
    ['refuse', 422, 'refused'],
    ['unavailable', 503, 'unavailable'],
  ] as const)('may %s, and then does nothing', async (answer, status, code) => {
    await using deploys = await openDeploys();
    deploys.setFaults({ answer });

    expect(await deploys.rollBack('k1', FROM_1841_TO_1840)).toMatchObject({
      status,
      body: { code },
    });
    expect((await deploys.get('/rollbacks?key=k1')).body).toEqual({ rollbacks: [] });
    expect(deploys.environment.list(100)).toHaveLength(3);
  });

  it('starts another rollback for the same key where it does not honor keys', async () => {
    await using deploys = await openDeploys();
    deploys.setFaults({ honorKeys: false });
    await deploys.rollBack('k1', FROM_1841_TO_1840);
    await eventually(() => deploys.environment.list(1)[0]?.status === 'succeeded');
    const again = { from: 'production-4', to: 'production-1' };

    expect((await deploys.get('/rollbacks?key=k1')).body).toEqual({ rollbacks: [] });
    expect(await deploys.rollBack('k1', again)).toMatchObject({ status: 202 });
  });

  it('gives a rollback up and leaves what ran before', async () => {
    await using deploys = await openDeploys();
    deploys.setFaults({ outcome: 'fail' });
    await deploys.rollBack('k1', FROM_1841_TO_1840);

    await eventually(() => deploys.environment.findRollback({ key: 'k1' })?.status === 'failed');
    expect(deploys.instances).toEqual(['1841', '1841', '1841']);
    expect(await deploys.rollBack('k2', FROM_1841_TO_1840)).toMatchObject({ status: 202 });
  });

  it('holds deploys back while it is frozen, and says what the document says', async () => {
    await using deploys = await openDeploys();
    const frozen = await deploys.put('/freeze', { frozen: true, reason: 'errors' });

    expect(frozen).toMatchObject({ status: 200, body: { frozen: true, reason: 'errors' } });
    expect(schemaOf('Freeze').parse(frozen.body)).toBeTruthy();
    expect(deploys.deploy('1842')).toEqual({
      refused: 'frozen',
      why: 'production is frozen: errors',
    });
    expect(await deploys.rollBack('k1', FROM_1841_TO_1840)).toMatchObject({ status: 202 });
    await eventually(() => deploys.environment.list(1)[0]?.status === 'succeeded');

    await deploys.put('/freeze', { frozen: false, reason: '' });
    expect(deploys.deploy('1842')).toMatchObject({ build: '1842', status: 'running' });
  });
});
