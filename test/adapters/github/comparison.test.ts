import { expect, it } from 'vitest';

import { serveGitHub } from '#test/support/github/github-api.ts';

import { connected, repository, soon } from './connected.ts';

it('tells the commits newest first, and the files', async () => {
  await using api = await serveGitHub();
  const from = api.repository.commit('main', { a: '1' });
  api.repository.commit('main', { 'db/migrations/1.sql': '' }, { message: 'Add a table\n\nLong' });
  const to = api.repository.commit('main', { a: '2' }, { message: 'Use new URLs (#7)' });

  const compared = await connected(api).compare(repository, { from, to }, soon());

  expect(compared.commits.map(({ subject }) => subject)).toEqual([
    'Use new URLs (#7)',
    'Add a table',
  ]);
  expect(compared.commits[0]).toMatchObject({ sha: to, author: 'Dora' });
  expect(compared.files).toEqual(['a', 'db/migrations/1.sql']);
});

it('keeps the newest of too many commits', async () => {
  await using api = await serveGitHub();
  const from = api.repository.commit('main', { a: '0' });
  for (let n = 1; n <= 420; n += 1) api.repository.commit('main', { a: String(n) });
  const to = api.repository.commit('main', { b: '' }, { message: 'The last' });

  const { commits } = await connected(api).compare(repository, { from, to }, soon());

  expect(commits[0]).toMatchObject({ subject: 'The last' });
  expect(commits.length).toBeGreaterThan(200);
});

it('finds every file of a comparison that GitHub cuts off', async () => {
  await using api = await serveGitHub();
  const from = api.repository.commit('main', { a: '1' });
  const many = Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`src/${n}.ts`, '']));
  const to = api.repository.commit('main', { ...many, 'z/migration.sql': '' });

  const { files } = await connected(api).compare(repository, { from, to }, soon());

  expect(files).toHaveLength(401);
  expect(files).toContain('z/migration.sql');
});

it('tells what a step back takes away', async () => {
  await using api = await serveGitHub();
  const from = api.repository.commit('main', { a: '1' });
  const to = api.repository.commit('main', { 'db/1.sql': '' });

  const back = await connected(api).compare(repository, { from: to, to: from }, soon());

  expect(back).toEqual({ commits: [], files: ['db/1.sql'] });
});

it('asks once for what can never change', async () => {
  await using api = await serveGitHub();
  const from = api.repository.commit('main', { a: '1' });
  const to = api.repository.commit('main', { a: '2' });
  const github = connected(api);

  await github.compare(repository, { from, to }, soon());
  await github.compare(repository, { from, to }, soon());
  expect(api.requests).toHaveLength(1);

  await github.compare(repository, { from, to: 'main' }, soon());
  await github.compare(repository, { from, to: 'main' }, soon());
  expect(api.requests).toHaveLength(3);
});

it('finds the pull requests of commits, each once', async () => {
  await using api = await serveGitHub();
  const one = api.repository.commit('main', { a: '1' });
  const two = api.repository.commit('main', { a: '2' });
  api.talk.pull('topic', { merge_commit: one, title: 'New URLs' });

  const found = await connected(api).pullRequestsOf(repository, [one, two, one], soon());

  expect(found).toMatchObject([{ title: 'New URLs', author: 'ana' }]);
});
