import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { createRunbookLibrary } from '#adapters/files/runbook-library.ts';
import { SettingsError } from '#adapters/files/settings-error.ts';
import type { Diagnostic } from '#domain/diagnostic.ts';

import { folderOfRunbooks, SMOKE } from './folder-of-runbooks.ts';

const still = { watch: false, onProblem: () => {} };

describe('a library', () => {
  it('finds a runbook by its id and by its path, with the digest of its bytes', async () => {
    await using files = await folderOfRunbooks();
    const library = await createRunbookLibrary({ folder: files.folder, ...still });
    const digest = createHash('sha256')
      .update(await files.read(SMOKE))
      .digest('hex');

    expect(library.get('checkout-smoke')).toMatchObject({ file: SMOKE, digest, commit: null });
    expect(library.get(SMOKE)?.runbook.id).toBe('checkout-smoke');
    expect(library.get(`./${SMOKE}`)?.runbook.id).toBe('checkout-smoke');
    expect(library.get(`runbooks/${SMOKE}`)?.runbook.id).toBe('checkout-smoke');
    expect(library.get('smoke')).toBeNull();
    const ids = library.all().map(({ runbook }) => runbook.id);
    expect(ids).toEqual(expect.arrayContaining(['checkout-bad-gateway-url', 'checkout-smoke']));
    expect(library.problems()).toEqual([]);
  });

  it('has the last good version of a file that broke while nobody ran', async () => {
    await using files = await folderOfRunbooks();
    const lastGood = join(files.folder, '..', 'state', 'last-good.json');
    const open = (hour: number, folder = files.folder) =>
      createRunbookLibrary({
        ...still,
        folder,
        lastGood,
        now: () => new Date(Date.UTC(2026, 10, 24, hour)),
      });
    const library = await open(9);
    await files.replace(SMOKE, 'title: Buy something', 'title: Buy anything');
    await library.reload();
    const before = library.get('checkout-smoke');
    await files.replace(SMOKE, 'uses: check.http', 'uses: check.htp');

    const again = await open(10);

    expect(before?.runbook.title).toBe('Buy anything');
    expect(again.get('checkout-smoke')).toEqual(before);
    expect(again.broken()).toEqual([{ file: SMOKE, lastGood: '2026-11-24T09:00:00.000Z' }]);
    expect(again.problems()).toMatchObject([{ file: SMOKE, rule: 'unknown-uses' }]);

    await files.remove(SMOKE);
    expect((await open(11)).get('checkout-smoke')).toBeNull();
    await writeFile(lastGood, '{');
    expect((await open(12)).all().length).toBeGreaterThan(3);
  });

  it('keeps the last good version of a file that breaks, and says what is wrong', async () => {
    await using files = await folderOfRunbooks();
    const told: (readonly Diagnostic[])[] = [];
    let hour = 9;
    const library = await createRunbookLibrary({
      folder: files.folder,
      watch: false,
      now: () => new Date(Date.UTC(2026, 10, 24, hour)),
      onProblem: (problems) => told.push(problems),
    });
    const before = library.get('checkout-smoke');

    hour = 10;
    await library.reload();
    await files.replace(SMOKE, 'uses: check.http', 'uses: check.htp');
    await library.reload();

    expect(library.get('checkout-smoke')).toEqual(before);
    expect(library.problems()).toMatchObject([{ file: SMOKE, rule: 'unknown-uses' }]);
    expect(library.broken()).toEqual([{ file: SMOKE, lastGood: '2026-11-24T09:00:00.000Z' }]);
    expect(told).toEqual([library.problems()]);

    // The same problems are not told twice.
    await library.reload();
    expect(told).toHaveLength(1);

    await files.replace(SMOKE, 'uses: check.htp', 'uses: check.http');
    await library.reload();
    expect(library.problems()).toEqual([]);
    expect(library.broken()).toEqual([]);
  });

  it('lets go of a runbook whose file is gone, and follows one that moved', async () => {
    await using files = await folderOfRunbooks();
    const library = await createRunbookLibrary({ folder: files.folder, ...still });
    const smoke = await files.read(SMOKE);

    await files.remove(SMOKE);
    await library.reload();
    expect(library.get('checkout-smoke')).toBeNull();

    await files.write('moved.yaml', smoke);
    await library.reload();
    expect(library.get('checkout-smoke')?.file).toBe('moved.yaml');
  });

  it('refuses the second of two runbooks with one id', async () => {
    await using files = await folderOfRunbooks();
    await files.write('zz.yaml', await files.read(SMOKE));
    const library = await createRunbookLibrary({ folder: files.folder, ...still });

    expect(library.get('checkout-smoke')?.file).toBe(SMOKE);
    expect(library.problems()).toMatchObject([{ file: 'zz.yaml', severity: 'error' }]);
    expect(library.broken()).toEqual([{ file: 'zz.yaml', lastGood: null }]);
  });

  it('starts without a runbook that was never good', async () => {
    await using files = await folderOfRunbooks();
    await files.write(SMOKE, 'apiVersion: [');
    const library = await createRunbookLibrary({ folder: files.folder, ...still });

    expect(library.get('checkout-smoke')).toBeNull();
    expect(library.get('checkout-bad-gateway-url')).not.toBeNull();
  });

  it('keeps the last good settings, but does not start without any', async () => {
    await using files = await folderOfRunbooks();
    const library = await createRunbookLibrary({ folder: files.folder, ...still });
    await files.replace('handrail.yaml', 'updateEvery: 30m', 'updateEvery: 15m');
    await library.reload();
    const before = library.settings();
    expect(before.incident.severities['SEV1']).toMatchObject({ updateEvery: '15m' });

    await files.write('handrail.yaml', 'kind: Settings');
    await library.reload();
    expect(library.settings()).toEqual(before);
    expect(library.broken()).toMatchObject([{ file: 'handrail.yaml' }]);

    await expect(createRunbookLibrary({ folder: files.folder, ...still })).rejects.toThrow(
      SettingsError,
    );
    await files.remove('handrail.yaml');
    await expect(createRunbookLibrary({ folder: files.folder, ...still })).rejects.toMatchObject({
      diagnostics: [{ file: 'handrail.yaml', message: 'this file is missing' }],
    });
  });

  it('lays an overlay over the settings', async () => {
    await using files = await folderOfRunbooks();
    await writeFile(
      files.overlay,
      'apiVersion: handrail/v1\nkind: SettingsOverlay\ngroups: {payments: {users: [U1]}}\n',
    );
    const library = await createRunbookLibrary({
      folder: files.folder,
      overlay: files.overlay,
      ...still,
    });

    expect(library.settings().groups['payments']).toEqual({ kind: 'users', users: ['U1'] });
  });

  it('does not start without an overlay that it was told of', async () => {
    await using files = await folderOfRunbooks();
    await expect(
      createRunbookLibrary({ folder: files.folder, overlay: files.overlay, ...still }),
    ).rejects.toThrow(SettingsError);
  });
});
