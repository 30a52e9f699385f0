import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { expect, it } from 'vitest';
import { z } from 'zod';

const documents = [
  'README.md',
  'src/README.md',
  'test/README.md',
  'runbooks/README.md',
  '.github/CONTRIBUTING.md',
  '.github/SECURITY.md',
];

it.each(documents)('%s links to files that are there', (document) => {
  const links = [...readFileSync(document, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)];
  const missing = links
    .map(([, link = '']) => join(dirname(document), link))
    .filter((path) => !existsSync(path));

  expect(missing).toEqual([]);
});

it.each(documents)('%s names paths of the tree that are there', (document) => {
  const paths = [...readFileSync(document, 'utf8').matchAll(/\b(?:src|test)\/[\w./-]*[\w/]/g)];
  const missing = paths.map(([path]) => path).filter((path) => !existsSync(path));

  expect(missing).toEqual([]);
});

it('src/README.md tells of every folder that holds code', () => {
  const told = readFileSync('src/README.md', 'utf8');
  const names = globSync('src/{*,adapters/*,domain/*}', { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'adapters')
    .map(({ name }) => name);

  expect(names.filter((name) => !told.includes(name))).toEqual([]);
});

it('src/README.md says of each dependency what it saves', () => {
  const told = [...readFileSync('src/README.md', 'utf8').matchAll(/^\| ([^|]+) \|/gm)]
    .flatMap(([, cell = '']) => cell.split(','))
    .map((name) => name.trim());
  const packages = z.record(z.string(), z.string());
  const { dependencies, optionalDependencies } = z
    .object({ dependencies: packages, optionalDependencies: packages })
    .parse(JSON.parse(readFileSync('package.json', 'utf8')));
  const needed = Object.keys({ ...dependencies, ...optionalDependencies });

  expect(needed.filter((name) => !told.includes(name))).toEqual([]);
});
