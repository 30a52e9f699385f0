import { once } from 'node:events';
import { createServer } from 'node:net';

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { connectDatabase } from '#adapters/store/connection.ts';
import { createEventStore } from '#adapters/store/event-store.ts';
import type { JsonObject } from '#domain/json.ts';
import type { StreamEvent } from '#domain/stream/stream.ts';
import { checkoutIncident } from '#test/domain/timeline/checkout-record.ts';
import { declared, runStarted } from '#test/domain/timeline/events.ts';
import { withDatabase } from '#test/support/database.ts';
import { serveGitHub } from '#test/support/github/github-api.ts';
import { openPseudoTerminal } from '#test/support/pseudo-terminal.ts';
import { verifyByTheBook } from '#test/support/verify-by-the-book.ts';

import { handrail } from './run-cli.ts';
import { temporaryFolder } from './temporary-folder.ts';

const id = 'inc-20261122-abcdef';
const run = 'run-20261122-abcdef';
const tampered = 'inc-20261122-broken';
const proposed = 'inc-20261122-propos';

function asStored(event: StreamEvent): JsonObject {
  return JSON.parse(JSON.stringify(event));
}

let opened: Awaited<ReturnType<typeof withDatabase>>;

beforeAll(async () => {
  opened = await withDatabase();
  const store = createEventStore(opened.database.db);
  const nothing = { expected: 0, jobs: [], marks: [] };
  const write = (stream: string, events: readonly StreamEvent[]) =>
    store.append({ ...nothing, stream, events: events.map(asStored) });
  await write(id, [declared('09:11:00', { incident: id }), ...checkoutIncident.slice(1)]);
  await write(proposed, [
    declared('09:11:00', { incident: proposed }),
    ...checkoutIncident.slice(1),
  ]);
  await write(run, [runStarted('09:00:00')]);
  await write(tampered, [declared('09:11:00', { incident: tampered }), runStarted('09:11:01')]);
  const owner = connectDatabase(opened.ownerUrl);
  await sql`alter table events disable trigger all`.execute(owner.db);
  await sql`update events set body = replace(body, 'sev1', 'sev3')
            where stream = ${tampered} and position = 1`.execute(owner.db);
  await owner.close();
});

afterAll(() => opened[Symbol.asyncDispose]());

const settingsFor = (url: string) => `
apiVersion: handrail/v1
kind: Settings
services: {}
connections: {github: {type: github, url: '${url}', token: '\${{ secrets.GITHUB_TOKEN }}'}}
outbound: {allow: [127.0.0.1]}
postmortem: {repository: acme/runbooks}
`;

const read = (...args: string[]) => handrail(args, { env: { DATABASE_URL: opened.url } });

describe('reading the record', () => {
  it('tells a person at a terminal what it waits for', async () => {
    await using folder = await temporaryFolder({});
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const env = { DATABASE_URL: `postgres://u@127.0.0.1:${port}/none` };
    await using terminal = openPseudoTerminal(['incidents'], { cwd: folder.path, env });

    await expect(terminal.sees('Opening the record …')).resolves.toBeUndefined();
    silent.close();
  });

  it('lists incidents and no runs outside of one', async () => {
    const { code, stdout } = await read('incidents', '--format', 'json');
    const { schemaVersion, incidents } = JSON.parse(stdout);

    expect({ code, schemaVersion }).toEqual({ code: 0, schemaVersion: 1 });
    expect(incidents).toContainEqual({
      id,
      title: 'Checkout returns 500s',
      severity: 'sev1',
      status: 'resolved',
      drill: false,
      startedAt: '2026-11-22T09:10:30.000Z',
      resolvedAt: '2026-11-22T09:15:10.000Z',
    });
    expect(stdout).not.toContain(run);
  });

  it('answers with the pull request of a post-mortem, and with that of an earlier time', async () => {
    await using api = await serveGitHub();
    api.repository.commit('main', { 'README.md': '' });
    const { number, html_url: url } = api.talk.pull(`handrail/postmortem-${proposed}`);
    await using folder = await temporaryFolder({ 'runbooks/handrail.yaml': settingsFor(api.url) });
    const env = { DATABASE_URL: opened.url, GITHUB_TOKEN: 't0ken-t0ken' };

    const { code, stdout } = await handrail(['postmortem', proposed, '--pr'], {
      cwd: folder.path,
      env,
    });

    expect(code).toBe(0);
    expect(stdout).toContain(`Pull request #${number}: ${url}\n`);
    expect(api.talk.pulls).toHaveLength(1);
    const again = await handrail(['postmortem', proposed, '--pr'], { cwd: folder.path, env });
    expect(again.stdout).toBe(stdout);
    const timeline = (await read('timeline', proposed)).stdout;
    expect(timeline.match(/Wrote the post-mortem: pull request/g)).toHaveLength(1);
  });

  it('says in one sentence why a post-mortem could not be proposed', async () => {
    await using api = await serveGitHub();
    await using folder = await temporaryFolder({ 'runbooks/handrail.yaml': settingsFor(api.url) });
    const env = { DATABASE_URL: opened.url, GITHUB_TOKEN: 'wrong-token' };

    const { code, stdout, stderr } = await handrail(['postmortem', id, '--pr'], {
      cwd: folder.path,
      env,
    });

    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('GitHub refused the credentials of the connection github');
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('writes the timeline as Markdown and as JSON', async () => {
    const markdown = await read('timeline', id);
    const json = JSON.parse((await read('timeline', id, '--format', 'json')).stdout);

    expect(markdown.code).toBe(0);
    expect(markdown.stdout).toContain('- **09:12:38** Ben: Approved: Roll back checkout');
    expect(json.incident).toMatchObject({ id, metrics: { resolve: 280 } });
    expect(json.entries[0].hash).toMatch(/^[0-9a-f]{64}$/u);
  });

  it('writes the post-mortem, and the message to stakeholders', async () => {
    expect((await read('postmortem', id)).stdout).toContain('## Root Cause Analysis');
    expect((await read('postmortem', id, '--stakeholders')).stdout).toContain('**Summary**');
  });

  it('finds the chain intact, with and without a head that was kept', async () => {
    const plain = JSON.parse((await read('verify', id, '--format', 'json')).stdout);
    const { head } = plain;
    const shown = `Record ${plain.entries} · ${head.slice(0, 24)}`;
    const held = await read('verify', id, '--head', head, '--head', shown);

    expect(plain).toEqual({
      schemaVersion: 1,
      incident: id,
      entries: checkoutIncident.length,
      head: expect.stringMatching(/^[0-9a-f]{64}$/u),
      intact: true,
      brokenAt: null,
    });
    expect(held.code).toBe(0);
  });

  it('checks a file that it wrote, with no database', async () => {
    const { stdout } = await read('timeline', id, '--format', 'json');
    const forged = stdout.replace('Checkout returns 500s', 'Checkout is fine');
    await using folder = await temporaryFolder({ 'it.json': stdout, 'forged.json': forged });
    const verify = (...args: string[]) => handrail(['verify', ...args], { cwd: folder.path });
    const { head } = JSON.parse((await read('verify', id, '--format', 'json')).stdout);

    const held = await verify('--file', 'it.json', '--head', head, '--format', 'json');
    expect(held).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(held.stdout)).toMatchObject({ incident: id, head, intact: true });
    expect(verifyByTheBook(stdout, [head])).toEqual([]);
    expect(await verify('--file', 'forged.json')).toMatchObject({
      code: 1,
      stdout: `${id}: NOT intact: what it says of the incident is not what the record says\n`,
    });
    expect(await verify('--file', 'it.json', '--head', 'f'.repeat(64))).toMatchObject({ code: 1 });
    expect(await verify(run, '--file', 'it.json')).toMatchObject({
      code: 3,
      stderr: `it.json is the record of ${id}, not of ${run}.\n`,
    });
    expect(await verify('--file', 'none.json')).toMatchObject({
      code: 3,
      stderr: "none.json can't be read. Check the path and its rights.\n",
    });
  });

  it('says that the words of another version were not checked', async () => {
    const { stdout } = await read('timeline', id, '--format', 'json');
    const other = stdout.replace(/"version": "[^"]+"/, '"version": "0.0.9"');
    await using folder = await temporaryFolder({ 'it.json': other, 'no.json': '{"a": 1}' });
    const verify = (file: string) => handrail(['verify', '--file', file], { cwd: folder.path });

    const { code, stderr } = await verify('it.json');
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining('Another version of Handrail worded this timeline'),
    });
    expect(await verify('no.json')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('no.json is no timeline with its record.'),
    });
  });

  it.each([
    [['verify'], 'name an incident, or a file of one'],
    [['verify', id, '--head', 'abc'], 'a head is at least 24 figures and letters'],
  ])('%j is refused with 64', async (args, sentence) => {
    const { code, stderr } = await read(...args);
    expect({ code, stderr }).toEqual({ code: 64, stderr: expect.stringContaining(sentence) });
  });

  it('finds a tail that was cut off by what the store remembers of it', async () => {
    const cut = 'inc-20261122-thecut';
    const store = createEventStore(opened.database.db);
    const events = [declared('09:11:00', { incident: cut }), runStarted('09:11:01')].map(asStored);
    await store.append({ stream: cut, expected: 0, events, jobs: [], marks: [] });
    const owner = connectDatabase(opened.ownerUrl);
    await sql`delete from events where stream = ${cut} and position = 2`.execute(owner.db);
    await owner.close();

    expect(await read('verify', cut)).toMatchObject({
      code: 1,
      stdout: `${cut}: NOT intact: its last entries are missing, it has 1\n`,
    });
  });

  it('finds the entry that was changed, and a head that is missing, with exit code 1', async () => {
    const changed = await read('verify', tampered);
    const [gone, alsoGone] = ['f'.repeat(64), 'e'.repeat(24)];
    const cut = await read('verify', id, '--head', gone, '--head', alsoGone);

    expect(changed).toMatchObject({
      code: 1,
      stdout: `${tampered}: NOT intact: entry 1 of 2 is not what was recorded\n`,
    });
    expect(cut.code).toBe(1);
    expect(cut.stdout).toContain(`and not the heads ${gone}, ${alsoGone}`);
  });

  it.each(['timeline', 'postmortem', 'verify'])(
    '%s of an unknown incident ends with 3 and says where to look',
    async (command) => {
      expect(await read(command, 'inc-0')).toEqual({
        code: 3,
        stdout: '',
        stderr: 'There is no incident "inc-0" on record. handrail incidents lists them.\n',
      });
    },
  );

  it('says that a run outside of an incident has no post-mortem', async () => {
    expect((await read('postmortem', run)).code).toBe(3);
    expect((await read('timeline', run)).code).toBe(0);
  });

  it('says that the database does not answer, without its password', async () => {
    const { code, stderr } = await handrail(['incidents'], {
      env: { DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/none' },
    });

    expect(code).toBe(3);
    expect(stderr).toContain('127.0.0.1:1/none');
    expect(stderr).not.toContain('hunter2');
    expect(stderr).not.toMatch(/\n\s+at /u);
  });
});
