import { generateKeyPairSync } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { serveGitHub } from '#test/support/github/github-api.ts';
import { serve } from '#test/support/serve.ts';

import { connected, repository, soon } from './connected.ts';

describe('a branch', () => {
  it('is read with its files, whose content keeps its id', async () => {
    await using api = await serveGitHub();
    const commit = api.repository.commit('main', {
      'runbooks/checkout/slow.yaml': 'id: slöw\n',
      'runbooks/handrail.yaml': 'kind: Settings\n',
      'src/main.ts': '',
    });
    const github = connected(api);

    const head = await github.branchHead(repository, 'main', null, soon());
    const files = await github.listFiles(repository, { commit, folder: 'runbooks' }, soon());
    const [file] = files;
    const bytes = await github.readFile(repository, file?.id ?? '', soon());

    expect(head).toMatchObject({ commit });
    expect(files.map(({ path }) => path)).toEqual(['checkout/slow.yaml', 'handrail.yaml']);
    expect(Buffer.from(bytes).toString()).toBe('id: slöw\n');
  });

  it('that has not moved answers null', async () => {
    await using api = await serveGitHub();
    api.repository.commit('main', { a: '1' });
    const github = connected(api);
    const before = await github.branchHead(repository, 'main', null, soon());

    const same = await github.branchHead(repository, 'main', before?.tag ?? null, soon());
    const commit = api.repository.commit('main', { a: '2' });
    const moved = await github.branchHead(repository, 'main', before?.tag ?? null, soon());

    expect([same, moved?.commit]).toEqual([null, commit]);
  });

  it('that does not exist is named in the failure', async () => {
    await using api = await serveGitHub();

    const read = connected(api).branchHead(repository, 'mian', null, soon());

    await expect(read).rejects.toThrow("There is no branch mian in acme/runbooks, or it can't");
  });

  it('without the folder has no files', async () => {
    await using api = await serveGitHub();
    const commit = api.repository.commit('main', { 'src/main.ts': '' });
    const listed = await connected(api).listFiles(repository, { commit, folder: 'a/b' }, soon());
    expect(listed).toEqual([]);
  });
});

describe('a path', () => {
  it('is read at a ref, and is null where there is none', async () => {
    await using api = await serveGitHub();
    const old = api.repository.commit('main', { 'config/production.env': 'A=1' });
    api.repository.commit('main', { 'config/production.env': 'A=2' });
    const github = connected(api);
    const read = async (path: string, ref: string | null) =>
      Buffer.from((await github.readPath(repository, { path, ref }, soon())) ?? '-').toString();

    expect(await read('config/production.env', null)).toBe('A=2');
    expect(await read('config/production.env', old)).toBe('A=1');
    expect(await read('config/staging.env', null)).toBe('-');
  });
});

describe('a call', () => {
  it('of an App carries a token of its installation', async () => {
    await using api = await serveGitHub();
    api.repository.commit('main', { a: '1' });
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    const github = connected(api, {
      options: { app: { id: 42, key: '${{ secrets.APP_KEY }}', installation: '4242' } },
      env: { APP_KEY: key },
    });

    const head = await github.branchHead(repository, 'main', null, soon());
    await github.branchHead(repository, 'main', null, soon());

    expect(head).not.toBeNull();
    expect(api.count('POST /app/installations/4242/access_tokens')).toBe(1);
  });

  it('that reads is repeated after a fault of the server', async () => {
    await using api = await serveGitHub();
    api.repository.commit('main', { a: '1' });
    api.next('GET', { status: 502 });
    api.next('GET', 'lost');

    expect(await connected(api).branchHead(repository, 'main', null, soon())).not.toBeNull();
  });

  it('waits as long as a rate limit asks, and then goes on', async () => {
    await using api = await serveGitHub();
    api.repository.commit('main', { a: '1' });
    const message = 'You have exceeded a secondary rate limit.';
    api.next('GET', { status: 403, message, headers: { 'retry-after': '20' } });

    expect(await connected(api).branchHead(repository, 'main', null, soon())).not.toBeNull();
    expect(api.requests).toHaveLength(2);
  });

  it('gives up on a rate limit that asks for too long', async () => {
    await using api = await serveGitHub();
    const message = 'You have exceeded a secondary rate limit.';
    api.next('GET', { status: 403, message, headers: { 'retry-after': '3600' } });

    const read = connected(api).branchHead(repository, 'main', null, soon());

    await expect(read).rejects.toMatchObject({ code: 'github.busy', retry: true });
  });

  it('says which connection has the wrong credentials, and never shows them', async () => {
    await using api = await serveGitHub();
    const github = connected(api, { env: { GITHUB_TOKEN: 'stale-token' } });

    const failure: unknown = await github
      .branchHead(repository, 'main', null, soon())
      .catch((error: unknown) => error);

    expect(failure).toMatchObject({ code: 'github.credentials', retry: false });
    expect(String(failure)).toContain('connection github');
    expect(JSON.stringify(failure)).not.toContain('stale-token');
  });

  it('needs a connection with credentials', async () => {
    await using api = await serveGitHub();
    const read = connected(api, { options: {} }).branchHead(repository, 'main', null, soon());
    await expect(read).rejects.toThrow('needs the type github, and a token or an app');
  });

  it('ends with its signal, whatever GitHub does', async () => {
    await using api = await serve(() => {});
    const giveUp = new AbortController();
    const read = connected(api).branchHead(repository, 'main', null, giveUp.signal);
    giveUp.abort(new Error('enough'));
    await expect(read).rejects.toThrow('enough');
  });
});
