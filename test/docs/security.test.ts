import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { policies, rules } from '#domain/authorisation/policies.ts';

const security = readFileSync(new URL('../../.github/SECURITY.md', import.meta.url), 'utf8');

it('tells who may do what as the code has it', () => {
  const table = Object.values(policies).map(({ who, does }) => `| ${does} | ${rules[who]} |`);
  const written = security
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.replaceAll(/ +\|/g, ' |'))
    .filter((line) => !/^\| (may|-+) \|/.test(line));
  expect(written).toEqual(table);
});
