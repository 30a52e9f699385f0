import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { describe, expect, it } from 'vitest';

import { bin, handrail } from './run-cli.ts';
import { temporaryFolder } from './temporary-folder.ts';

const settings = `apiVersion: handrail/v1
kind: Settings
services:
  shop: {owner: shop, environments: [production]}
groups: {shop: {users: [U1]}}
`;

const runbook = (id: string, more = '') => `apiVersion: handrail/v1
kind: Runbook
id: ${id}
title: Look at the shop
service: shop
owner: shop
steps:
  - {id: look, title: Look, uses: manual, with: {instructions: Look, confirm: Seen}}
${more}`;

const testOf = (id: string) => `apiVersion: handrail/v1
kind: RunbookTest
runbook: ${id}
cases:
  - {name: somebody looks, people: [{step: look, user: ana, done: true}], expect: {status: succeeded}}
`;

describe('handrail lint', () => {
  it('is silent on stdout and ends with 0 when there is nothing to find', async () => {
    await using folder = await temporaryFolder({
      'handrail.yaml': settings,
      'shop/look.yaml': runbook('look'),
      'shop/look.test.yaml': testOf('look'),
    });

    const { code, stdout, stderr } = await handrail(['lint', folder.path]);

    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toBe('0 errors and 0 warnings in 3 files\n');
  });

  it('names the place, underlines it, and ends with 1', async () => {
    await using folder = await temporaryFolder({
      'handrail.yaml': settings,
      'look.yaml': runbook('look', 'colour: red\n'),
    });

    const { code, stdout } = await handrail(['lint', '.'], { cwd: folder.path });

    expect(code).toBe(1);
    expect(stdout).toContain('look.yaml:9:1: error unknown-key:');
    expect(stdout).toContain('9 | colour: red\n  | ^^^^^^');
  });

  it('writes the public JSON shape', async () => {
    await using folder = await temporaryFolder({
      'handrail.yaml': settings,
      'look.yaml': runbook('look', 'colour: red\n'),
    });

    const { stdout } = await handrail(['lint', '.', '--format', 'json'], { cwd: folder.path });
    const { schemaVersion, diagnostics } = JSON.parse(stdout);

    expect(schemaVersion).toBe(1);
    expect(Object.keys(diagnostics[0]).toSorted()).toEqual(
      'column endColumn endLine file hint line message rule severity'.split(' '),
    );
    expect(diagnostics[0]).toMatchObject({ file: 'look.yaml', line: 9, column: 1 });
  });

  it('writes annotations for GitHub and SARIF for code scanning', async () => {
    await using folder = await temporaryFolder({
      'handrail.yaml': settings,
      'look.yaml': runbook('look', 'colour: red\n'),
    });
    const at = { cwd: folder.path };

    const github = await handrail(['lint', '.', '--format', 'github'], at);
    const sarif = JSON.parse((await handrail(['lint', '.', '--format', 'sarif'], at)).stdout);

    expect(github.stdout).toMatch(
      /^::error file=look\.yaml,line=9,endLine=9,col=1,.*title=unknown-key::.+\n$/u,
    );
    expect(sarif.runs[0].results[0]).toMatchObject({
      ruleId: 'unknown-key',
      level: 'error',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'look.yaml' } } }],
    });
  });

  it('shows of one file only its own findings, and still knows the settings above it', async () => {
    await using folder = await temporaryFolder({
      'handrail.yaml': settings,
      'shop/good.yaml': runbook('good'),
      'shop/bad.yaml': runbook('bad', 'colour: red\n'),
      'shop/other.yaml': runbook('other').replace('service: shop', 'service: nowhere'),
    });
    const file = (name: string) => path.join(folder.path, 'shop', name);

    expect((await handrail(['lint', file('good.yaml')])).code).toBe(0);
    expect((await handrail(['lint', file('bad.yaml')])).stdout).not.toContain('nowhere');
    expect((await handrail(['lint', file('other.yaml')])).stdout).toContain('nowhere');
  });

  it('reports settings that are broken, whatever file was asked for', async () => {
    await using folder = await temporaryFolder({
      'handrail.yaml': 'kind: [',
      'look.yaml': runbook('look'),
    });

    const { code, stdout } = await handrail(['lint', path.join(folder.path, 'look.yaml')]);

    expect(code).toBe(1);
    expect(stdout).toContain('handrail.yaml:');
  });

  it('says what it could not check of a file without settings', async () => {
    await using folder = await temporaryFolder({ 'look.yaml': runbook('look') });

    const { code, stderr } = await handrail(['lint', path.join(folder.path, 'look.yaml')]);

    expect(code).toBe(0);
    expect(stderr).toContain('No handrail.yaml was found above');
  });

  it('lints tests, and files that are no YAML at all', async () => {
    await using folder = await temporaryFolder({
      'handrail.yaml': settings,
      'look.test.yaml': 'kind: RunbookTest\n',
      'broken.yaml': '\u0000\u0001: [',
    });

    const { code, stdout } = await handrail(['lint', folder.path]);

    expect(code).toBe(1);
    expect(stdout).toContain('look.test.yaml:1:');
    expect(stdout).toContain('broken.yaml:1:');
  });

  it('warns of runbooks without a test, and of what no case goes through', async () => {
    await using folder = await temporaryFolder({
      'handrail.yaml': settings,
      'look.yaml': runbook('look'),
      'tested.yaml': runbook('tested').replace(
        'Seen}}',
        'Seen}, next: {timedOut: end, done: end}}',
      ),
      'tested.test.yaml': testOf('tested'),
    });

    const { code, stdout } = await handrail(['lint', '.'], { cwd: folder.path });

    expect(code).toBe(0);
    expect(stdout).toContain('look.yaml:3:5: warning untested-runbook: this runbook has no test');
    expect(stdout).toContain(
      'tested.yaml:8:93: warning untested-runbook: no case goes through the route look: timedOut → end',
    );
    expect(stdout).not.toContain('done → end');
  });

  it.each([
    ['played', 'step: look', 'step: lok', 'look.test.yaml:5:44: error unknown-step:'],
    ['read', 'name:', '<<: {}, name:', 'bad-yaml: merge keys are not allowed'],
  ])('says nothing of what a test covers that can not be %s', async (_how, from, to, problem) => {
    await using folder = await temporaryFolder({
      'handrail.yaml': settings,
      'look.yaml': runbook('look'),
      'look.test.yaml': testOf('look').replace(from, to),
    });

    const all = await handrail(['lint', '.'], { cwd: folder.path });
    const alone = await handrail(['lint', 'look.yaml'], { cwd: folder.path });

    expect(all.stdout).toContain(problem);
    expect(all.stdout).not.toContain('untested-runbook');
    expect(alone).toMatchObject({ code: 0, stdout: '' });
  });

  it('ends with 3 and a sentence when there is nothing to look at', async () => {
    const missing = await handrail(['lint', 'no/such/folder']);
    const text = await handrail(['lint', 'package.json']);

    expect(missing).toMatchObject({ code: 3, stdout: '' });
    expect(missing.stderr).toBe('There is no file or folder no/such/folder.\n');
    expect(text.code).toBe(3);
  });

  it('lints again when a file changes, and ends with the answer of the last round', async () => {
    await using folder = await temporaryFolder({
      'handrail.yaml': settings,
      'look.yaml': runbook('look', 'colour: red\n'),
    });
    const child = spawn(process.execPath, [bin, 'lint', '--watch', folder.path], {
      stdio: ['ignore', 'ignore', 'pipe'],
      signal: AbortSignal.timeout(15_000),
    });
    const ended = once(child, 'close');
    const lines = createInterface({ input: child.stderr })[Symbol.asyncIterator]();
    const next = async () => (await lines.next()).value;

    expect(await next()).toMatch(/^1 error /);
    expect(await next()).toBe('Watching. Ctrl-C stops.');
    await writeFile(path.join(folder.path, 'look.yaml'), runbook('look'));
    expect(await next()).toMatch(/^Changed at \d\d:\d\d:\d\d UTC$/);
    expect(await next()).toMatch(/^0 errors /);
    child.kill('SIGINT');

    expect(await ended).toEqual([0, null]);
  });
});
