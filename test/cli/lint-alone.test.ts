import { cpSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { lintPaths } from '#cli/lint/lint-paths.ts';
import { neededWith } from '#domain/runbook/needed-with.ts';

import { temporaryFolder } from './temporary-folder.ts';

const settings = `apiVersion: handrail/v1
kind: Settings
services:
  shop: {owner: shop, environments: [production]}
groups: {shop: {users: [U1]}}
`;

const runbook = (id: string, more: string, calls = '') => `apiVersion: handrail/v1
kind: Runbook
id: ${id}
title: Look at the shop
service: shop
owner: shop
${more}
steps:
  - {id: look, title: Look, uses: manual, with: {instructions: Look, confirm: Seen}}
${calls === '' ? '' : `  - {id: call, title: Call, uses: runbook, with: {id: ${calls}}}`}
`;

const testOf = (id: string) => `apiVersion: handrail/v1
kind: RunbookTest
runbook: ${id}
cases:
  - {name: somebody looks, people: [{step: look, user: ana, done: true}], expect: {status: succeeded}}
`;

/** Each is wrong, or not, only because of another. */
const tied = {
  'handrail.yaml': settings,
  'a-first.yaml': runbook('twice', ''),
  'a-second.yaml': runbook('twice', ''),
  'circle-1.yaml': runbook('circle-1', '', 'circle-2'),
  'circle-2.yaml': runbook('circle-2', '', 'circle-3'),
  'circle-3.yaml': runbook('circle-3', '', 'circle-1'),
  'calls-nobody.yaml': runbook('calls-nobody', '', 'circle-9'),
  'calls-broken.yaml': runbook('calls-broken', '', 'broken'),
  'calls-without-input.yaml': runbook('calls-without-input', '', 'needs'),
  'calls-typed.yaml': runbook('calls-typed', '', '"needs", inputs: {host: 1}'),
  'needs.yaml': runbook('needs', 'inputs: {host: {type: string}}'),
  'broken.yaml': runbook('broken', 'colour: red'),
  'unusual.yaml': '{apiVersion: handrail/v1, kind: Runbook, id: unusual}\n',
  'calls-unusual.yaml': runbook('calls-unusual', '', 'unusual'),
  'alert-name.yaml': runbook('alert-name', 'triggers: [{alert: {alertname: Down}}]'),
  'alert-same.yaml': runbook('alert-same', 'triggers: [{alert: {alertname: "Down", team: a}}]'),
  'alert-last.yaml': runbook('alert-last', 'triggers: [{alert: {team: a, alertname: Down}}]'),
  'alert-block.yaml': runbook('alert-block', 'triggers:\n  - alert:\n      alertname: Down'),
  'alert-pattern.yaml': runbook('alert-pattern', 'triggers: [{alert: {alertname: ~Up.*}}]'),
  'alert-up.yaml': runbook('alert-up', 'triggers: [{alert: {alertname: Upward}}]'),
  'alert-team.yaml': runbook('alert-team', 'triggers: [{alert: {team: b}}]'),
  'alert-team-up.yaml': runbook('alert-team-up', 'triggers: [{alert: {alertname: X, team: b}}]'),
  'calls-broken.test.yaml': testOf('calls-broken'),
  'broken.test.yaml': testOf('broken'),
  'needs.test.yaml': testOf('needs'),
  'nobody.test.yaml': testOf('need'),
};

async function findingsOf(...paths: readonly string[]) {
  return (await lintPaths(paths, '2026-11-30')).diagnostics;
}

it('says of one file what it says of it among all', async () => {
  await using folder = await temporaryFolder(tied);
  const all = await findingsOf(folder.path);
  expect(new Set(all.map(({ rule }) => rule))).toEqual(
    new Set([
      'bad-value',
      'endless-loop',
      'overlapping-triggers',
      'unknown-key',
      'unknown-runbook',
      'untested-runbook',
      'with-schema',
    ]),
  );

  for (const name of Object.keys(tied)) {
    const file = path.join(folder.path, name);
    const among = all.filter((one) => path.resolve(one.file) === file);
    expect({ name, found: await findingsOf(file) }).toEqual({ name, found: among });
  }
});

it('says the same of shipped runbooks and of their tests', async () => {
  await using folder = await temporaryFolder({});
  cpSync('runbooks', folder.path, { recursive: true });
  const all = await findingsOf(folder.path);

  for (const id of ['smoke', 'preflight', 'bad-gateway-url', 'staging-load']) {
    for (const kind of ['yaml', 'test.yaml']) {
      const file = path.join(folder.path, `checkout/${id}.${kind}`);
      const among = all.filter((one) => path.resolve(one.file) === file);
      expect({ id, kind, found: await findingsOf(file) }).toEqual({ id, kind, found: among });
    }
  }
});

it('reads nothing that a file does not depend on', () => {
  const texts = Object.entries(tied).map(([file, text]) => ({ file, text }));
  const neededBy = (name: string) =>
    [
      ...neededWith(
        texts.filter(({ file }) => file === name),
        texts.filter(({ file }) => file !== name && !/handrail|test/.test(file)),
      ),
    ].toSorted();

  expect(neededBy('needs.yaml')).toEqual(['unusual.yaml']);
  expect(neededBy('calls-typed.yaml')).toEqual(['needs.yaml', 'unusual.yaml']);
  expect(neededBy('circle-1.yaml')).toEqual(['circle-2.yaml', 'circle-3.yaml', 'unusual.yaml']);
  expect(neededBy('a-first.yaml')).toEqual(['a-second.yaml', 'unusual.yaml']);
  expect(neededBy('alert-up.yaml')).toEqual([
    'alert-last.yaml',
    'alert-pattern.yaml',
    'alert-team.yaml',
    'unusual.yaml',
  ]);
});
