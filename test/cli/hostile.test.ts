import { expect, it } from 'vitest';

import { handrail } from './run-cli.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Clears the screen, writes into the clipboard, hides a link, turns what follows. As YAML spells them. */
const evil = String.raw`\e[2J\e]52;c;Zm9v\a\e]8;;http://evil.example\a\u009b2J\u202e\u2028`;

const settings = `apiVersion: handrail/v1
kind: Settings
services:
  shop: {owner: shop, environments: [production]}
groups: {shop: {users: [U1]}}
`;
const runbook = `apiVersion: handrail/v1
kind: Runbook
id: evil
title: "T${evil}"
service: shop
owner: shop
steps:
  - {id: probe, title: "P${evil}", why: "W${evil}", uses: check.tcp, with: {host: "H${evil}", port: 1}}
  - {id: decide, title: "D${evil}", uses: choose, with: {question: "Q${evil}", options: {a: {label: "L\\e[2J\\u202e", next: end}}}}
`;
const broken = runbook.replace('check.tcp', `"nope${evil}"`);
const test = `apiVersion: handrail/v1
kind: RunbookTest
runbook: evil
cases:
  - {name: "N${evil}", mocks: {probe: {connected: true}}, people: [{step: decide, user: ana, choose: a}], expect: {status: failed}}
`;

it.each([
  ['lint', ['lint', 'broken.yaml']],
  ['lint as SARIF', ['lint', 'broken.yaml', '--format', 'sarif']],
  ['lint for GitHub', ['lint', 'broken.yaml', '--format', 'github']],
  ['test', ['test', '.']],
  ['test for GitHub', ['test', '.', '--format', 'github']],
  ['test for JUnit', ['test', '.', '--format', 'junit']],
  ['check', ['check', 'evil.yaml']],
  ['check of a broken one', ['check', 'broken.yaml']],
  ['check as JSON', ['check', 'evil.yaml', '--format', 'json']],
  ['check for GitHub', ['check', 'evil.yaml', '--format', 'github']],
  ['check for JUnit', ['check', 'evil.yaml', '--format', 'junit']],
  ['graph', ['graph', 'evil.yaml']],
  ['graph as SVG', ['graph', 'evil.yaml', '--format', 'svg']],
  ['graph to follow by hand', ['graph', 'evil.yaml', '--format', 'md']],
  ['a file that is not there', ['graph', 'none\u001b[2J\u202e.yaml']],
])('what a runbook says can’t steer the terminal: %s', async (_what, args) => {
  await using folder = await temporaryFolder({
    'handrail.yaml': settings,
    'evil.yaml': runbook,
    'evil.test.yaml': test,
    ...(args.includes('broken.yaml') && { 'broken.yaml': broken }),
  });

  const { stdout, stderr } = await handrail(args, { cwd: folder.path });

  expect(stdout + stderr).toMatch(/2J|evil/);
  expect(stdout + stderr).not.toMatch(/(?![\n\t])\p{Cc}|[\u2028-\u202e]/u);
});

it('JSON of it reads as what was written', async () => {
  await using folder = await temporaryFolder({ 'handrail.yaml': settings, 'evil.yaml': runbook });

  const { stdout } = await handrail(['check', 'evil.yaml', '--format', 'json'], {
    cwd: folder.path,
  });

  expect(JSON.parse(stdout)).toMatchObject({
    steps: [{ title: expect.stringContaining('\u009b2J\u202e\u2028') }, {}],
  });
});
