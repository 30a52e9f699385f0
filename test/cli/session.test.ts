import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { sha256 } from '#adapters/store/event-store.ts';
import { createTokens } from '#adapters/store/tokens.ts';
import { handrail } from '#test/cli/run-cli.ts';
import { type TestDatabase, withDatabase } from '#test/support/database.ts';
import { controlC, enter, openPseudoTerminal } from '#test/support/pseudo-terminal.ts';

import { temporaryFolder } from './temporary-folder.ts';

const token = `hrt_${'a'.repeat(40)}`;
const old = `hrt_${'b'.repeat(40)}`;
const manual = `apiVersion: handrail/v1
kind: Runbook
id: call
title: Call them
service: checkout
owner: payments
inputs: {who: {type: string}, times: {type: integer, default: 1}}
steps:
  - {id: m, title: Call, uses: manual, with: {instructions: 'Call \${{ inputs.who }}'}}
`;
const settings = `apiVersion: handrail/v1
kind: Settings
services: {checkout: {owner: payments, environments: [production]}}
groups: {payments: {users: [U0ANA]}}
approvals: []
incident: {severities: {SEV1: {}}, roles: [commander]}
`;

describe('a person at a terminal', () => {
  let database: TestDatabase;
  let folder: AsyncDisposable & { path: string };
  let env: Record<string, string>;

  beforeAll(async () => {
    database = await withDatabase();
    folder = await temporaryFolder({
      'runbooks/handrail.yaml': settings,
      'runbooks/checkout/call.yaml': manual,
    });
    env = { DATABASE_URL: database.url, XDG_CONFIG_HOME: path.join(folder.path, 'config') };
    const tokens = createTokens(database.database.db);
    const ana = { id: 'U0ANA', name: 'ana' };
    const ben = { id: 'U0BEN', name: 'ben' };
    await tokens.keep({ person: ana, hash: sha256(token), expiresAt: '2099-01-01T00:00:00.000Z' });
    await tokens.keep({ person: ben, hash: sha256(old), expiresAt: '2020-01-01T00:00:00.000Z' });
  });
  afterAll(async () => {
    await folder[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });
  const at = (args: readonly string[], more: Record<string, string> = {}) =>
    handrail(args, { cwd: folder.path, env: { ...env, ...more } });

  it('is nobody without a token, with an unknown one and with one that has expired', async () => {
    const [none, unknown, expired] = await Promise.all([
      at(['token']),
      at(['token'], { HANDRAIL_TOKEN: `hrt_${'c'.repeat(40)}` }),
      at(['token'], { HANDRAIL_TOKEN: old }),
    ]);

    expect(none).toMatchObject({ code: 3, stdout: '' });
    expect(none.stderr).toContain('Get a token in Slack with /incident token');
    expect(unknown).toMatchObject({ code: 3, stderr: expect.stringContaining('is not known') });
    expect(expired).toMatchObject({ code: 3, stderr: expect.stringContaining('2020-01-01') });
  });

  it('is who the kept token says; a file that others can read is refused', async () => {
    const kept = path.join(folder.path, 'config', 'handrail');
    await mkdir(kept, { recursive: true });
    await writeFile(path.join(kept, 'token'), `${token}\n`, { mode: 0o600 });
    expect(await at(['token'])).toMatchObject({ code: 0, stdout: 'You are ana (U0ANA).\n' });

    await writeFile(path.join(kept, 'open'), token);
    const open = path.join(folder.path, 'other');
    await mkdir(path.join(open, 'handrail'), { recursive: true });
    await writeFile(path.join(open, 'handrail', 'token'), token, { mode: 0o644 });
    expect(await at(['token'], { XDG_CONFIG_HOME: open })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('can be read by others'),
    });
  });

  it('answers with single keys, has more behind m, and may leave', async () => {
    await using terminal = openPseudoTerminal(['run', 'call', '--input', 'who=Jim'], {
      cwd: folder.path,
      env: { ...env, HANDRAIL_TOKEN: token },
    });
    await terminal.sees('Call Jim');
    await terminal.sees('Press 1');
    terminal.types('xm');
    await terminal.sees('Go on as it is');
    // There is no check to make again, so what comes first is to skip.
    terminal.types(enter);
    await terminal.sees('Reason');
    terminal.types(controlC);
    await terminal.sees('Press 1');
    terminal.types(controlC);
    expect(await terminal.ended()).toBe(130);
  });

  it('ends a run with the key that stands beside the answer', async () => {
    await using terminal = openPseudoTerminal(['run', 'call', '--input', 'who=Joe'], {
      cwd: folder.path,
      env: { ...env, HANDRAIL_TOKEN: token },
    });
    await terminal.sees('Press 1');
    terminal.types('1');
    expect(await terminal.ended()).toBe(0);
  });

  it('names people only in practice, and practice must run', async () => {
    const [named, practice] = await Promise.all([
      at(['run', 'call', '--as', 'ana']),
      at(['run', 'call', '--practice', '--as', 'ana']),
    ]);

    expect(named).toMatchObject({ code: 64, stderr: expect.stringContaining('is for practice') });
    expect(practice).toMatchObject({
      code: 3,
      stderr: 'Practice is not running. Start it in another terminal: handrail practice\n',
    });
  });

  it('starts a run, answers it from elsewhere, and is told what does not fit', async () => {
    const me = { HANDRAIL_TOKEN: token };
    const [neither, unknown, missing, wrong] = await Promise.all([
      at(['run'], me),
      at(['run', 'nothing'], me),
      at(['run', 'call'], me),
      at(['run', 'call', '--input', 'who=Jane', '--input', 'times=often'], me),
    ]);
    expect(neither).toMatchObject({ code: 64, stderr: expect.stringContaining('--resume') });
    expect(unknown).toMatchObject({ code: 3, stderr: expect.stringContaining('Loaded: call') });
    expect(missing).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('who: is required'),
    });
    expect(wrong).toMatchObject({ code: 64, stderr: expect.stringContaining('a whole number') });

    const started = await at(['run', 'call', '--detach', '--input', 'who=Jane'], me);
    expect(started).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('No bot is running'),
    });
    const [run = ''] = /^run-\S+(?=:)/.exec(started.stdout) ?? [];

    const [shown, typo, nothing] = await Promise.all([
      at(['choose', run], me),
      at(['choose', run, 'dnoe'], me),
      at(['approve', run, '--yes'], me),
    ]);
    expect(shown).toMatchObject({ code: 0, stdout: 'Call: Call Jane\n  done  Done\n' });
    expect(typo).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no "dnoe"') });
    expect(nothing).toMatchObject({
      code: 1,
      stderr: 'Nothing is waiting for approval here now.\n',
    });

    expect(await at(['choose', run, 'stop'], me)).toMatchObject({
      code: 3,
      stderr: 'Stop the runbook: this needs --reason (Reason).\n',
    });
    expect(await at(['choose', run, 'done', '--note', 'She knows'], me)).toMatchObject({ code: 0 });
    const timeline = await at(['timeline', run]);
    expect(timeline.stdout).toContain('ana: Done: Call: She knows');

    const resumed = await at(['run', '--resume', run], me);
    expect(resumed.code).toBe(0);
    expect(resumed.stdout).toMatch(/Call them: succeeded\n$/);
  });
});
