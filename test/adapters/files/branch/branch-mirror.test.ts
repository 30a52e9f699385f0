import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { createBranchMirror } from '#adapters/files/branch/branch-mirror.ts';
import { createRunbookLibrary } from '#adapters/files/runbook-library.ts';
import { createGitHub } from '#adapters/github/github.ts';
import { createSecrets } from '#adapters/secrets/secrets.ts';
import { gate } from '#test/adapters/outbound/gate.ts';
import { temporaryFolder } from '#test/cli/temporary-folder.ts';
import { silent } from '#test/support/database.ts';
import { serveGitHub } from '#test/support/github/github-api.ts';

const settingsText = (url: string, branch = 'main') => `
apiVersion: handrail/v1
kind: Settings
services: {checkout: {owner: payments, environments: [production]}}
groups: {payments: {users: [U0ANA]}}
connections:
  code: {type: github, url: '${url}', repository: acme/runbooks, token: '\${{ secrets.TOKEN }}'}
runbooks: {branch: ${branch}}
`;

const runbookText = (id: string, title = id) => `
apiVersion: handrail/v1
kind: Runbook
id: ${id}
title: ${title}
service: checkout
owner: payments
steps:
  - {id: look, title: Look, uses: manual, with: {instructions: Look, confirm: Done}, next: {done: end}}
`;

const soon = () => AbortSignal.timeout(10_000);

/** A library whose runbooks come from a branch, as it is put together at a start. */
async function start(root: string) {
  const runbooks = join(root, 'runbooks');
  let mirror: ReturnType<typeof createBranchMirror> | null = null;
  const library = await createRunbookLibrary({
    folder: runbooks,
    watch: false,
    onProblem: () => {},
    branch: () => mirror?.current() ?? null,
  });
  mirror = createBranchMirror({
    code: createGitHub({
      outbound: gate({ allow: ['127.0.0.1'] }),
      secrets: createSecrets({ env: { TOKEN: 't0ken-t0ken' } }),
      connections: () => library.settings().connections,
      pace: 'hurried',
    }),
    settings: () => library.settings(),
    folder: join(root, 'own'),
    log: silent,
    onChange: () => library.reload(),
  });
  await mirror.open();
  return { library, mirror };
}

const folderFor = (api: { url: string }) =>
  temporaryFolder({
    'runbooks/handrail.yaml': settingsText(api.url),
    'runbooks/local.yaml': runbookText('local'),
  });

describe('runbooks of a branch', () => {
  it('take the place of those in the folder, and tell their commit', async () => {
    await using api = await serveGitHub();
    await using root = await folderFor(api);
    const commit = api.repository.commit('main', {
      'runbooks/checkout/slow.yaml': runbookText('slow'),
      'runbooks/README.md': '# Runbooks',
      'other/else.yaml': runbookText('else'),
    });
    const { library, mirror } = await start(root.path);

    await mirror.refresh(soon());

    expect(library.all().map(({ file, commit: of }) => [file, of])).toEqual([
      ['checkout/slow.yaml', commit],
    ]);
    expect(library.problems()).toEqual([]);
  });

  it('follow the branch, and fetch only what has changed', async () => {
    await using api = await serveGitHub();
    await using root = await folderFor(api);
    api.repository.commit('main', {
      'runbooks/a.yaml': runbookText('a'),
      'runbooks/b.yaml': runbookText('b'),
    });
    const { library, mirror } = await start(root.path);
    await mirror.refresh(soon());
    const before = api.count('GET /repos/acme/runbooks/git/blobs');

    await mirror.refresh(soon());
    const commit = api.repository.commit('main', {
      'runbooks/a.yaml': runbookText('a', 'Better'),
      'runbooks/b.yaml': null,
    });
    await mirror.refresh(soon());

    expect(api.count('GET /repos/acme/runbooks/git/blobs') - before).toBe(1);
    expect(library.all()).toMatchObject([{ commit, runbook: { id: 'a', title: 'Better' } }]);
  });

  it('are there at a start without GitHub', async () => {
    await using api = await serveGitHub();
    await using root = await folderFor(api);
    const commit = api.repository.commit('main', { 'runbooks/a.yaml': runbookText('a') });
    const first = await start(root.path);
    await first.mirror.refresh(soon());
    for (let reads = 0; reads < 3; reads += 1) api.next('GET', { status: 503 });

    const { library, mirror } = await start(root.path);
    await mirror.refresh(soon());

    expect(library.get('a')?.commit).toBe(commit);
    expect(library.problems()).toMatchObject([
      { file: 'acme/runbooks@main', severity: 'warning', message: expect.stringContaining('503') },
    ]);
    await mirror.refresh(soon());
    expect(library.problems()).toEqual([]);
  });

  it('keep the last good version of a file that a commit breaks, also after a start', async () => {
    await using api = await serveGitHub();
    await using root = await folderFor(api);
    const good = api.repository.commit('main', { 'runbooks/a.yaml': runbookText('a') });
    const first = await start(root.path);
    await first.mirror.refresh(soon());
    for (const broken of ['id: [', 'id: {']) {
      api.repository.commit('main', {
        'runbooks/a.yaml': broken,
        'runbooks/b.yaml': runbookText('b'),
      });
      await first.mirror.refresh(soon());
    }

    const again = await start(root.path);

    for (const { library } of [first, again]) {
      expect(library.get('a')?.commit).toBe(good);
      expect(library.get('b')).not.toBeNull();
      expect(library.problems()).toMatchObject([{ file: 'a.yaml', severity: 'error' }]);
    }
  });

  it('are those of the commit before as long as not all of the next one has arrived', async () => {
    await using api = await serveGitHub();
    await using root = await folderFor(api);
    const before = api.repository.commit('main', { 'runbooks/a.yaml': runbookText('a') });
    const { library, mirror } = await start(root.path);
    await mirror.refresh(soon());
    const commit = api.repository.commit('main', {
      'runbooks/a.yaml': runbookText('a', 'New'),
      'runbooks/b.yaml': runbookText('b'),
    });
    for (let reads = 0; reads < 6; reads += 1) {
      api.next('GET /repos/acme/runbooks/git/blobs', { status: 500 });
    }

    await mirror.refresh(soon());
    expect(library.all()).toMatchObject([{ commit: before, runbook: { title: 'a' } }]);
    await mirror.refresh(soon());
    expect(library.all()).toMatchObject([{ commit }, { commit }]);
  });

  it('are fetched anew where what the disk has is not what was fetched', async () => {
    await using api = await serveGitHub();
    await using root = await folderFor(api);
    const commit = api.repository.commit('main', { 'runbooks/a.yaml': runbookText('a') });
    const { mirror } = await start(root.path);
    await mirror.refresh(soon());
    const folder = mirror.current()?.folder ?? '';
    await writeFile(join(folder, 'a.yaml'), 'tampered');

    api.repository.commit('main', { 'runbooks/b.yaml': runbookText('b') });
    await mirror.refresh(soon());

    const newest = mirror.current()?.folder ?? '';
    expect(newest).not.toContain(commit);
    expect(await readFile(join(newest, 'a.yaml'), 'utf8')).toBe(runbookText('a'));
    const kept = await readdir(join(newest, '..'));
    expect(new Set(kept)).toEqual(new Set([mirror.current()?.commit, 'state.json']));
  });

  it('are none, with the reason, as long as there never was a commit', async () => {
    await using api = await serveGitHub();
    await using root = await folderFor(api);
    const { library, mirror } = await start(root.path);

    await mirror.refresh(soon());

    expect(library.all()).toEqual([]);
    expect(library.problems()).toMatchObject([
      { message: expect.stringContaining('There is no branch main in acme/runbooks') },
    ]);
  });
});
