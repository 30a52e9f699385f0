import { existsSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { writeFiles } from '#cli/init/write-files.ts';

import { temporaryFolder } from './temporary-folder.ts';

it('takes back what it wrote when one of the files stands already', async () => {
  await using folder = await temporaryFolder({ stands: 'mine' });

  expect(() => writeFiles(folder.path, { 'a/new': 'x', stands: 'y' })).toThrow(
    /^Nothing was written/,
  );
  expect(existsSync(path.join(folder.path, 'a/new'))).toBe(false);
});
