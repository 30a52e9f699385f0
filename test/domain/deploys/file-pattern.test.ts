import { expect, it } from 'vitest';

import { matchesFilePattern } from '#domain/deploys/file-pattern.ts';

it.each([
  ['db/migrations/**', 'db/migrations/7.sql', true],
  ['db/migrations/**', 'db/migrations/2026/7.sql', true],
  ['db/migrations/**', 'db/other/7.sql', false],
  ['db/migrations/**', 'src/db/migrations/7.sql', false],
  ['**/migrations/**', 'migrations/7.sql', true],
  ['**/migrations/*.sql', 'a/b/migrations/7.sql', true],
  ['**/migrations/*.sql', 'a/migrations/b/7.sql', false],
  ['**/a/**/b', 'a/x/a/y/b', true],
  ['db/*.sql', 'db/a/b.sql', false],
  ['db/?.sql', 'db/1.sql', true],
  ['db/?.sql', 'db/12.sql', false],
  ['*_*.sql', '1_a_b.sql', true],
  ['db', 'db/7.sql', false],
  ['**', 'any/thing', true],
  ['[a].(b)', '[a].(b)', true],
])('%s and %s: %s', (pattern, path, matches) => {
  expect(matchesFilePattern(pattern, path)).toBe(matches);
});
