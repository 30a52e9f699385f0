import { readFileSync } from 'node:fs';

/** As package.json has it. */
export const version = read();

function read(): string {
  const file: unknown = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  const known = typeof file === 'object' && file !== null && 'version' in file;
  return known && typeof file.version === 'string' ? file.version : 'unknown';
}
