import { existsSync, readFileSync } from 'node:fs';

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

const promises = sectionOf('What is promised').split(/^- /m).slice(1);
const testFile = /`(test\/[\w/.-]+\.test\.ts)`/g;

it.each(promises.map((text) => [/^\*\*(.+?)\.?\*\*/.exec(text)?.[1] ?? text, text]))(
  'names tests that are there for what it promises of: %s',
  (_what, text) => {
    const named = [...text.matchAll(testFile)].map(([, file = '']) => file);
    expect(named).not.toEqual([]);
    expect(named.filter((file) => !isTest(file))).toEqual([]);
  },
);

it('says what is protected, from whom, and what is not promised', () => {
  for (const heading of ['What is protected', 'Who attacks, and from where', 'What is not']) {
    expect(sectionOf(heading).match(/^- /gm)?.length).toBeGreaterThan(4);
  }
});

function sectionOf(heading: string): string {
  const [, after = ''] = security.split(`\n## ${heading}\n`);
  return after.split('\n## ')[0] ?? '';
}

function isTest(file: string): boolean {
  const place = new URL(`../../${file}`, import.meta.url);
  return existsSync(place) && /\b(?:it|test)(?:\.\w+)*[(<]/.test(readFileSync(place, 'utf8'));
}
