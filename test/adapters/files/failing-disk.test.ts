import { describe, expect, it } from 'vitest';

import { createRunbookLibrary } from '#adapters/files/runbook-library.ts';
import { createCalls } from '#test/every-call/calls.ts';
import { openFileLine } from '#test/every-call/file-line.ts';

import { folderOfRunbooks, SMOKE } from './folder-of-runbooks.ts';

describe('a disk that fails once', () => {
  it.each([
    ['EIO', 'readFileSync'],
    ['ENOENT', 'statSync'],
  ] as const)('costs no runbook: after %s of %s it is read again', async (trouble, site) => {
    await using files = await folderOfRunbooks();
    const hits = (call: { site: string }, first: boolean) =>
      first && call.site === `${site} ${SMOKE}`;
    using disk = new DisposableStack();
    disk.use(openFileLine(files.folder, createCalls({ kind: 'file', trouble, hits })));
    const changed = Promise.withResolvers<void>();
    const library = await createRunbookLibrary({
      folder: files.folder,
      onProblem: () => {},
      onChange: changed.resolve,
    });
    try {
      expect(library.get('checkout-smoke')).toBeNull();
      expect(library.get('checkout-bad-gateway-url')).not.toBeNull();

      await changed.promise;
      expect(library.get('checkout-smoke')).not.toBeNull();
      expect(library.broken()).toEqual([]);
    } finally {
      await library.close();
    }
  });

  it('keeps what it has when the settings cannot be read, and takes up their change later', async () => {
    await using files = await folderOfRunbooks();
    let fails = false;
    const hits = ({ site }: { site: string }) => {
      const hit = fails && site === 'readFileSync handrail.yaml';
      fails &&= !hit;
      return hit;
    };
    using disk = new DisposableStack();
    disk.use(openFileLine(files.folder, createCalls({ kind: 'file', trouble: 'EIO', hits })));
    const changed = Promise.withResolvers<void>();
    const said: string[] = [];
    const library = await createRunbookLibrary({
      folder: files.folder,
      onProblem: (problems) => said.push(...problems.map(({ message }) => message)),
      onChange: changed.resolve,
    });
    try {
      fails = true;
      await files.replace('handrail.yaml', 'archiveAfter: 7d', 'archiveAfter: 9d');
      await changed.promise;

      expect(library.settings().incident.archiveAfter).toBe('9d');
      expect(said).toEqual([expect.stringMatching(/can't be read \(EIO\)/)]);
    } finally {
      await library.close();
    }
  });
});
