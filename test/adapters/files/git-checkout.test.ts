import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { readCheckout } from '#adapters/files/git-checkout.ts';

const file = 'checkout/a.yaml';
const text = Buffer.from('id: a\n');

/** A repository with one commit, made by git itself. */
async function repository(format = 'sha1') {
  const root = await mkdtemp(join(tmpdir(), 'checkout-'));
  const folder = join(root, 'repo', 'runbooks');
  await mkdir(join(folder, 'checkout'), { recursive: true });
  await writeFile(join(folder, file), text);
  const git = (...words: readonly string[]): string =>
    execFileSync('git', ['-C', join(root, 'repo'), ...words], {
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        HOME: root,
        GIT_CONFIG_NOSYSTEM: '1',
        ...Object.fromEntries(
          ['AUTHOR', 'COMMITTER'].flatMap((who) => [
            [`GIT_${who}_NAME`, 'a'],
            [`GIT_${who}_EMAIL`, 'a@example.com'],
          ]),
        ),
      },
    }).trim();
  git('init', '-q', '-b', 'main', `--object-format=${format}`);
  git('add', '.');
  git('commit', '-q', '-m', 'first');
  return {
    root,
    folder,
    git,
    commit: git('rev-parse', 'HEAD'),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

describe('the commit of a file', () => {
  it('is that of the branch that is checked out', async () => {
    await using given = await repository();
    const checkout = await readCheckout(given.folder);
    expect(checkout?.revision(file, text)).toEqual({ commit: given.commit });
  });

  it('is marked where the file is not as committed, and is none for a file git does not know', async () => {
    await using given = await repository();
    const checkout = await readCheckout(given.folder);
    expect(checkout?.revision(file, Buffer.from('id: b\n'))).toEqual({
      commit: given.commit,
      modified: true,
    });
    expect(checkout?.revision('checkout/b.yaml', text)).toEqual({ commit: null });
  });

  it('is found among packed refs, after gc', async () => {
    await using given = await repository();
    given.git('pack-refs', '--all');
    expect((await readCheckout(given.folder))?.revision(file, text).commit).toBe(given.commit);
  });

  it('is found where the commit itself is checked out', async () => {
    await using given = await repository();
    given.git('checkout', '-q', '--detach');
    expect((await readCheckout(given.folder))?.revision(file, text).commit).toBe(given.commit);
  });

  it('is found in a work tree, whose branch is its own', async () => {
    await using given = await repository();
    const tree = join(given.root, 'tree');
    given.git('worktree', 'add', '-q', '-b', 'other', tree);
    execFileSync('git', ['-C', given.folder, 'config', 'user.email', 'a@example.com']);
    execFileSync('git', ['-C', given.folder, 'config', 'user.name', 'a']);
    given.git('-C', tree, 'commit', '-q', '--allow-empty', '-m', 'second');
    const commit = given.git('-C', tree, 'rev-parse', 'HEAD');
    expect(commit).not.toBe(given.commit);
    expect((await readCheckout(join(tree, 'runbooks')))?.revision(file, text)).toEqual({ commit });
  });

  it.each(['2', '3', '4'])('is read from an index of version %s', async (version) => {
    await using given = await repository();
    for (const name of ['aa', 'ab', 'abc', 'ä']) {
      await writeFile(join(given.folder, `${name}.yaml`), name);
    }
    given.git('add', '.');
    given.git('commit', '-q', '-m', 'second');
    given.git('update-index', '--index-version', version);
    // Version 3 is written where an entry needs it.
    if (version === '3') given.git('update-index', '--skip-worktree', 'runbooks/aa.yaml');
    const commit = given.git('rev-parse', 'HEAD');
    const checkout = await readCheckout(given.folder);
    for (const name of ['aa', 'ab', 'abc', 'ä']) {
      expect(checkout?.revision(`${name}.yaml`, Buffer.from(name))).toEqual({ commit });
    }
    expect(checkout?.revision(file, text)).toEqual({ commit });
  });

  it('is read from a repository with longer hashes', async () => {
    await using given = await repository('sha256');
    expect(given.commit).toHaveLength(64);
    const checkout = await readCheckout(given.folder);
    expect(checkout?.revision(file, text)).toEqual({ commit: given.commit });
  });

  it('is none outside of git, before the first commit, and where .git makes no sense', async () => {
    await using given = await repository();
    expect(await readCheckout(given.root)).toBeNull();
    expect(await readCheckout(join(given.root, 'nowhere'))).toBeNull();
    given.git('checkout', '-q', '--orphan', 'fresh');
    expect(await readCheckout(given.folder)).toBeNull();
    const head = join(given.root, 'repo', '.git', 'HEAD');
    await writeFile(head, 'ref: refs/../../../../etc/passwd');
    expect(await readCheckout(given.folder)).toBeNull();
    await writeFile(head, given.commit);
    expect(await readCheckout(given.folder)).not.toBeNull();
    await writeFile(join(given.root, 'repo', '.git', 'index'), 'DIRC');
    expect(await readCheckout(given.folder)).toBeNull();
  });
});
