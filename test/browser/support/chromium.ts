/**
 * A real Chromium: the one that `CHROMIUM` names, else the one inside @sparticuz/chromium. That one
 * needs glibc of the system and nothing else, as Node does: its other libraries and a font come in
 * the package. It is unpacked once, into `node_modules/.cache`.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { chromium, type Browser } from 'playwright-core';

const cache = path.resolve('node_modules/.cache');

export async function launchChromium(): Promise<Browser> {
  const named = process.env['CHROMIUM'] ?? '';
  const args = ['--no-sandbox'];
  if (named !== '') return chromium.launch({ executablePath: named, args });
  if (`${process.platform} ${process.arch}` !== 'linux x64') {
    throw new Error('Set CHROMIUM to a Chromium or Chrome: the one in the package is for Linux.');
  }
  const folder = await unpacked();
  return chromium.launch({
    executablePath: path.join(folder, 'chromium'),
    args,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib'),
      ...(existsSync('/etc/fonts') ? {} : { FONTCONFIG_FILE: path.join(folder, 'fonts.conf') }),
    },
  });
}

/** Where it is; unpacked beside and moved, so that two at once do not see half of it. */
async function unpacked(): Promise<string> {
  const version: unknown = JSON.parse(
    await readFile('node_modules/@sparticuz/chromium/package.json', 'utf8'),
    (key, value: unknown) => (key === '' ? Reflect.get(Object(value), 'version') : value),
  );
  const folder = path.join(cache, `chromium-${String(version)}`);
  if (existsSync(folder)) return folder;

  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(path.join(cache, 'chromium-'));
  // The package unpacks into the folder for temporary files, and its libraries only in a lambda.
  const env = { ...process.env, TMPDIR: fresh, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' };
  const script = fileURLToPath(new URL('./unpack-chromium.ts', import.meta.url));
  await promisify(execFile)(process.execPath, [script], { env });
  await writeFile(
    path.join(fresh, 'fonts.conf'),
    `<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>`,
  );
  await rename(fresh, folder).catch(async (error: unknown) => {
    await rm(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  });
  return folder;
}
