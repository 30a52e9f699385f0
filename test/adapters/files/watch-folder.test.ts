import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { watchFolder } from '#adapters/files/watch-folder.ts';
import { createCalls } from '#test/every-call/calls.ts';
import { openFileLine } from '#test/every-call/file-line.ts';
import { eventually } from '#test/practice/shop/eventually.ts';

it('follows a link that is pointed at another folder, and then watches that one', async () => {
  const root = await mkdtemp(join(tmpdir(), 'watched-'));
  await mkdir(join(root, 'one/runbooks'), { recursive: true });
  await mkdir(join(root, 'two/runbooks'), { recursive: true });
  await symlink(join(root, 'one'), join(root, 'current'));
  let change = Promise.withResolvers<void>();
  const watcher = await watchFolder(join(root, 'current/runbooks'), [], () => change.resolve(), {
    lookEveryMs: 20,
  });
  try {
    await symlink(join(root, 'two'), join(root, 'next'));
    await rename(join(root, 'next'), join(root, 'current'));
    await change.promise;

    change = Promise.withResolvers();
    await writeFile(join(root, 'two/runbooks/a.yaml'), 'id: a');
    await expect(change.promise).resolves.toBeUndefined();
  } finally {
    await watcher.close();
    await rm(root, { recursive: true, force: true });
  }
});

it('begins anew when the disk fails while it looks', async () => {
  const root = await mkdtemp(join(tmpdir(), 'watched-'));
  await mkdir(join(root, 'checkout'));
  await writeFile(join(root, 'checkout/a.yaml'), 'id: a');
  using disk = new DisposableStack();
  disk.use(openFileLine(root, createCalls({ kind: 'file', trouble: 'EIO', hits: firstLooks })));
  let changes = 0;
  const watcher = await watchFolder(root, [], () => (changes += 1), { lookEveryMs: 20 });
  try {
    await eventually(async () => {
      const before = changes;
      await writeFile(join(root, 'checkout/a.yaml'), 'id: b');
      await eventually(() => changes > before, { withinMs: 500 }).catch(() => {});
      return changes > before;
    });
    expect(changes).toBeGreaterThan(0);
  } finally {
    await watcher.close();
    await rm(root, { recursive: true, force: true });
  }
});

function firstLooks({ site }: { site: string }, first: boolean): boolean {
  return first && /^(lstat|readdir)/.test(site);
}
