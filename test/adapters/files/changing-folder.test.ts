import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { createRunbookLibrary } from '#adapters/files/runbook-library.ts';

import { folderOfRunbooks, SMOKE } from './folder-of-runbooks.ts';

describe('a library whose folder changes', () => {
  it('sees a file that is saved, a new folder, and goes on after a problem', async () => {
    await using files = await folderOfRunbooks();
    let change = Promise.withResolvers<void>();
    const library = await createRunbookLibrary({
      folder: files.folder,
      onProblem: () => {},
      onChange: () => change.resolve(),
    });
    async function seen(check: () => boolean): Promise<void> {
      const deadline = AbortSignal.timeout(10_000);
      const late = Promise.withResolvers<never>();
      deadline.addEventListener('abort', () => late.reject(new Error('no change was seen')));
      while (!check()) {
        await Promise.race([change.promise, late.promise]);
        change = Promise.withResolvers();
      }
    }

    await files.replace(SMOKE, 'title: Buy something', 'title: Buy a thing');
    await seen(() => library.get('checkout-smoke')?.runbook.title === 'Buy a thing');

    await files.replace(SMOKE, 'kind: Runbook', 'kind: Runbok');
    await seen(() => library.problems().length > 0);
    await files.replace(SMOKE, 'kind: Runbok', 'kind: Runbook');
    await seen(() => library.problems().length === 0);

    await mkdir(join(files.folder, 'other'));
    await files.write(
      'other/new.yaml',
      (await files.read(SMOKE)).replace('id: checkout-smoke', 'id: other'),
    );
    await seen(() => library.get('other') !== null);
    expect(library.get('other')?.file).toBe('other/new.yaml');
    await library.close();
  });

  it('sees when the change of a file has been committed', async () => {
    await using files = await folderOfRunbooks();
    const git = (...words: readonly string[]) =>
      execFileSync('git', [
        '-C',
        files.folder,
        '-c',
        'user.name=a',
        '-c',
        'user.email=a@b',
        '-c',
        'commit.gpgsign=false',
        ...words,
      ]);
    git('init', '-q');
    git('add', '.');
    git('commit', '-q', '-m', 'first');
    let change = Promise.withResolvers<void>();
    const library = await createRunbookLibrary({
      folder: files.folder,
      onProblem: () => {},
      onChange: () => change.resolve(),
    });
    const first = library.get(SMOKE);
    expect(first?.commit).toMatch(/^[0-9a-f]{40}$/);
    expect(first?.modified).toBeUndefined();

    await files.replace(SMOKE, 'title: Buy something', 'title: Buy a thing');
    while (library.get(SMOKE)?.modified !== true) {
      await change.promise;
      change = Promise.withResolvers();
    }
    expect(library.get(SMOKE)?.commit).toBe(first?.commit);

    git('commit', '-q', '-a', '-m', 'second');
    while (library.get(SMOKE)?.modified === true || library.get(SMOKE)?.commit === first?.commit) {
      await change.promise;
      change = Promise.withResolvers();
    }
    await library.close();
  });
});
