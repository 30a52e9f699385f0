import { describe, expect, it } from 'vitest';

import { PortError } from '#ports/port-error.ts';
import { deployed } from '#test/domain/deploys/deployments.ts';

import { measure, resultOf, type World } from './measure.ts';

const commit = { sha: 'b'.repeat(40), subject: 'New URLs', author: 'Dora', at: null, url: null };

const world = (given: World = {}): World & { asked: unknown[] } => {
  const asked: unknown[] = [];
  return {
    asked,
    code: {
      compare: async (repository, range) => {
        asked.push({ repository, range });
        return { commits: [commit], files: ['src/urls.ts'] };
      },
      pullRequestsOf: async () => [{ number: 7, title: 'New URLs', url: 'u', author: 'dora' }],
    },
    ...given,
  };
};

const busy = () =>
  Promise.reject(new PortError('github.busy', 'GitHub asks us to wait', { retry: true }));

const source = (path: string, ref?: string) => ({
  source: { connection: 'github', path, ...(ref !== undefined && { ref }) },
  rules: { TIMEOUT: { maximum: 100 } },
});

const history = [
  deployed('1843', '09:11', { commit: 'ccc' }),
  deployed('1842', '09:04', { commit: 'bbb' }),
  deployed('1841', '07:00', { commit: 'aaa' }),
];

describe('changes.list', () => {
  it('compares the suspect with what ran before it', async () => {
    const here = world({ deployments: history });

    const measurement = await measure('changes.list', {}, here);

    expect(here.asked).toEqual([
      {
        repository: { connection: 'github', name: 'acme/checkout' },
        range: { from: 'aaa', to: 'bbb' },
      },
    ]);
    expect(measurement).toMatchObject({ kind: 'measured', summary: '1 commit in 1 file' });
    expect(resultOf(measurement)).toEqual({
      commits: [commit],
      files: ['src/urls.ts'],
      pullRequests: [{ number: 7, title: 'New URLs', url: 'u', author: 'dora' }],
    });
  });

  it('compares what the step names, without asking for deployments', async () => {
    const here = world();
    await measure('changes.list', { from: 'v1', to: 'v2' }, here);
    expect(here.asked).toMatchObject([{ range: { from: 'v1', to: 'v2' } }]);
  });

  it('has nothing to show where nothing was deployed', async () => {
    const measurement = await measure('changes.list', {}, world({ deployments: [] }));

    expect(measurement).toMatchObject({
      kind: 'measured',
      result: { commits: [], files: [], pullRequests: [] },
      summary: 'no deployment within an hour before the start',
    });
  });

  it('is unavailable where the deploy API does not tell commits', async () => {
    const deployments = history.map((each) => ({ ...each, commit: null }));
    expect(await measure('changes.list', {}, world({ deployments }))).toEqual({
      kind: 'unavailable',
      message: 'The deploy API does not tell the commit of 1842.',
      retry: false,
    });
  });

  it('is unavailable while the code host is', async () => {
    const given = { from: 'a', to: 'b' };
    expect(await measure('changes.list', given, { code: { compare: busy } })).toEqual({
      kind: 'unavailable',
      message: 'GitHub asks us to wait',
      retry: true,
    });
  });

  it('uses no connection in a drill that is not marked for drills', async () => {
    const given = { from: 'a', to: 'b' };
    const measurement = await measure('changes.list', given, { request: { mode: 'drill' } });
    expect(measurement).toMatchObject({
      kind: 'unavailable',
      message: 'The connection github is not marked for drills.',
    });
  });
});

describe('a configuration in a repository', () => {
  it.each([
    ['config/production.env', 'TIMEOUT=900\n'],
    ['config/production.json', '{"TIMEOUT": 900}'],
    ['config/production.yaml', 'TIMEOUT: 900\n'],
  ])('is read from %s', async (path, text) => {
    const asked: unknown[] = [];
    const readPath = async (repository: object, at: object) => {
      asked.push({ repository, at });
      return Buffer.from(text);
    };

    const measurement = await measure('check.config', source(path, 'v1'), { code: { readPath } });

    expect(asked).toEqual([
      { repository: { connection: 'github', name: 'acme/checkout' }, at: { path, ref: 'v1' } },
    ]);
    expect(resultOf(measurement)).toMatchObject({ violations: [{ key: 'TIMEOUT' }] });
  });

  it('that is not there is no data', async () => {
    expect(await measure('check.config', source('a.env', 'v1'))).toMatchObject({
      kind: 'unavailable',
      message: 'There is no a.env in acme/checkout at v1.',
    });
  });
});
