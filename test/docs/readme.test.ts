import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

const readme = readFileSync('README.md', 'utf8');

function namesIn(text: string, pattern: RegExp): string[] {
  const found = [...text.matchAll(pattern)].map(([name]) => name.replace(/_FILE$/, ''));
  return [...new Set(found)].toSorted();
}

describe('README.md', () => {
  it('names every environment variable that is read, and no other', () => {
    const variable = /\b(?:HANDRAIL|SLACK|DATABASE)_[A-Z_]+\b/g;

    expect(namesIn(readme, variable)).toEqual(
      namesIn(readFileSync('src/config.ts', 'utf8'), variable),
    );
  });

  it('names only commands that there are', () => {
    const help = execFileSync('node', ['src/cli/handrail.js', '--help'], { encoding: 'utf8' });
    const named = [...readme.matchAll(/`handrail ([a-z]+)/g)].map(([, name]) => name ?? '');

    expect(named.filter((name) => !help.includes(`  ${name}`))).toEqual([]);
  });

  it.each(['README.md', 'src/README.md', 'test/README.md', '.github/CONTRIBUTING.md'])(
    '%s links to files that are there',
    (file) => {
      const folder = file.slice(0, file.lastIndexOf('/') + 1);
      const links = [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)];
      const missing = links
        .map(([, path]) => folder + (path ?? ''))
        .filter((path) => !existsSync(path));

      expect(missing).toEqual([]);
    },
  );
});
