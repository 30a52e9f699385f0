import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { readToken, tokenFile, writeToken } from '#cli/run/token-file.ts';
import { temporaryFolder } from '#test/cli/temporary-folder.ts';

describe('the file of a token', () => {
  it('is where configuration belongs, and can be read by its owner only', async () => {
    await using folder = await temporaryFolder({});
    const file = tokenFile({ XDG_CONFIG_HOME: folder.path });
    expect(file).toBe(path.join(folder.path, 'handrail', 'token'));
    expect(await readToken(file)).toBeNull();

    await writeToken(file, 'hrt_first');
    await writeToken(file, 'hrt_second');

    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700);
    expect(await readFile(file, 'utf8')).toBe('hrt_second\n');
    expect(await readToken(file)).toBe('hrt_second');
  });

  it.each([0o640, 0o604, 0o620])('is refused when others have a right to it (%o)', async (mode) => {
    await using folder = await temporaryFolder({});
    const file = path.join(folder.path, 'token');
    await writeFile(file, 'hrt_seen');
    await chmod(file, mode);

    await expect(readToken(file)).rejects.toThrow(/can be read by others.*chmod 600/);
  });
});
