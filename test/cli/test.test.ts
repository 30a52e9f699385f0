import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { handrail } from './run-cli.ts';
import { temporaryFolder } from './temporary-folder.ts';

const settings = `apiVersion: handrail/v1
kind: Settings
services:
  shop: {owner: shop, environments: [production]}
groups: {shop: {users: [U1]}, leads: {users: [U2]}}
approvals:
  - {actions: ['*'], required: 1, groups: [leads]}
`;

const runbook = (id: string) => `apiVersion: handrail/v1
kind: Runbook
id: ${id}
title: Look at the shop
service: shop
owner: shop
steps:
  - {id: up, title: Up, uses: check.tcp, with: {host: h, port: 1}, next: {pass: end, fail: back}}
  - {id: back, title: Back, uses: deploys.rollback}
`;

const testOf = (id: string, ...cases: readonly string[]) => `apiVersion: handrail/v1
kind: RunbookTest
runbook: ${id}
cases:
${cases.map((one) => `  - ${one}\n`).join('')}`;

const passes = '{name: it is up, mocks: {up: {connected: true}}, expect: {status: succeeded}}';
const fails =
  '{name: it is down, mocks: {up: {connected: false}, back: {}}, expect: {path: [up], waitingOn: up}}';

const shop = {
  'handrail.yaml': settings,
  'shop/look.yaml': runbook('look'),
  'shop/look.test.yaml': testOf('look', passes),
  'other/see.yaml': runbook('see'),
  'other/see.test.yaml': testOf('see', passes, fails),
};

const approves = (user: string) =>
  `{name: ${user} approves, users: {ben: [shop], eve: [leads]}, mocks: {up: {connected: false}, back: {}}, people: [{step: back, user: ${user}, approve: true}], expect: {status: succeeded}}`;

describe('handrail test', () => {
  it('says of cases that pass only how many there were', async () => {
    await using folder = await temporaryFolder(shop);

    const { code, stdout, stderr } = await handrail(['test', 'shop'], { cwd: folder.path });

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^1 passed, 1 case in 1 file, \d+\.\d\d s\n$/);
  });

  it('shows of a case that fails both sides at the place of the expectation, and the path', async () => {
    await using folder = await temporaryFolder(shop);

    const { code, stdout } = await handrail(['test', '.'], { cwd: folder.path });

    expect(code).toBe(1);
    expect(stdout.slice(0, stdout.lastIndexOf(','))).toBe(`FAILED  see › it is down

  other/see.test.yaml:6:99: where it waits is not as expected
  6 | …nected: false}, back: {}}, expect: {path: [up], waitingOn: up}}
    |                                                             ^^
    expected  up
    happened  back

  other/see.test.yaml:6:82: the path is not as expected
  6 | … mocks: {up: {connected: false}, back: {}}, expect: {path: [up], waitingOn: up}}
    |                                                             ^^^^
    expected  up
    happened  up → back

    path      up (fail) → back (not ended)
    ended     waiting on back, after 0s

1 failed, 2 passed, 3 cases in 2 files`);
  });

  it('takes a folder, a test, a runbook by its path or its id, and several of them', async () => {
    await using folder = await temporaryFolder(shop);
    const played = async (...args: readonly string[]) => {
      const { stdout } = await handrail(['test', ...args, '--format', 'json'], {
        cwd: folder.path,
        env: { HANDRAIL_RUNBOOKS: '.' },
      });
      const { cases } = JSON.parse(stdout);
      return cases.map((one: { runbook: string; name: string }) => `${one.runbook} ${one.name}`);
    };

    const look = ['look it is up'];
    const see = ['see it is up', 'see it is down'];
    expect(await played('shop')).toEqual(look);
    expect(await played('shop/look.test.yaml')).toEqual(look);
    expect(await played('shop/look.yaml')).toEqual(look);
    expect(await played('look')).toEqual(look);
    expect(await played(path.join(folder.path, 'shop'), 'see')).toEqual([...see, ...look]);
    expect(await played('-t', 'DOWN')).toEqual(['see it is down']);
    expect(await played('shop', '--filter', 'up')).toEqual(look);
  });

  it('writes the public JSON shape, and with --coverage what no case goes through', async () => {
    await using folder = await temporaryFolder(shop);

    const { code, stdout } = await handrail(['test', '.', '--format', 'json', '--coverage'], {
      cwd: folder.path,
    });
    const { cases, coverage, ...rest } = JSON.parse(stdout);

    expect(code).toBe(1);
    expect(rest).toEqual({ schemaVersion: 1, passed: 2, failed: 1 });
    expect(cases[1]).toMatchObject({
      runbook: 'see',
      name: 'it is down',
      ok: false,
      duration: expect.any(Number),
      path: ['up', 'back'],
      failures: [
        { expected: 'up', actual: 'back', message: 'where it waits is not as expected' },
        { expected: ['up'], actual: ['up', 'back'], file: 'other/see.test.yaml', line: 6 },
      ],
    });
    expect(coverage).toMatchObject([
      { runbook: 'see', steps: { covered: 2, total: 2 }, routes: { covered: 2, total: 2 } },
      {
        runbook: 'look',
        file: 'shop/look.yaml',
        steps: { covered: 1, total: 2 },
        missed: [
          { kind: 'route', name: 'up: fail → back', line: 8, column: 86 },
          { kind: 'step', name: 'back', line: 9, column: 10 },
        ],
      },
    ]);
  });

  it('prints a table of coverage, and the places that no case goes through', async () => {
    await using folder = await temporaryFolder(shop);

    const { stdout } = await handrail(['test', 'shop', '--coverage'], { cwd: folder.path });

    expect(stdout).toContain(`covered    steps   routes
look         1/2      1/2
shop/look.yaml:8:86: no case goes through the route up: fail → back
shop/look.yaml:9:10: no case goes through the step back
`);
  });

  it('writes JUnit that is XML whatever the names are', async () => {
    const hostile = `{name: "]]> <b a='1'> & \\"x\\" \\u2028 \\x07 \\n end", mocks: {up: {connected: true}}, expect: {status: stopped}}`;
    await using folder = await temporaryFolder({
      ...shop,
      'shop/look.test.yaml': testOf('look', passes, hostile),
    });

    const { code, stdout } = await handrail(['test', 'shop', '--format', 'junit'], {
      cwd: folder.path,
    });

    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="handrail test" tests="2" failures="1"/,
    );
    expect(stdout).toContain(
      '<testcase name="it is up" classname="look" file="shop/look.test.yaml" line="5"',
    );
    expect(stdout).toContain(`name="]]&gt; &lt;b a='1'&gt; &amp; &quot;x&quot;`);
    expect(stdout).toContain(
      'message="the status is not as expected: expected stopped, it was succeeded"',
    );
    expect(wellFormed(stdout)).toBe(true);
  });

  it('counts a file or a case that can not be played as one that fails, with the place', async () => {
    await using folder = await temporaryFolder({
      ...shop,
      'shop/look.yaml': runbook('look').replace('title: Look', 'titel: Look'),
      'other/see.test.yaml': testOf('see', passes, passes.replace('{up:', '{upp:')),
      'other/broken.test.yaml': 'kind: [',
    });

    const { code, stdout } = await handrail(['test', '.'], { cwd: folder.path });

    expect(code).toBe(1);
    expect(stdout).toContain('FAILED  other/broken.test.yaml\n\n  other/broken.test.yaml:1:');
    expect(stdout).toContain(
      'other/see.test.yaml:6:30: unknown-step: the runbook has no step "upp"',
    );
    expect(stdout).toContain('did you mean "up"?');
    expect(stdout).toContain('shop/look.yaml:4:1: unknown-key');
    expect(stdout).toContain('3 failed, 1 passed, 4 cases in 3 files');
  });

  it('asks for the approvals of the settings, and takes the overlay of this machine', async () => {
    await using folder = await temporaryFolder({
      ...shop,
      'shop/look.yaml': runbook('look').replace(
        'steps:',
        'inputs:\n  more: {type: string}\nsteps:',
      ),
      'shop/look.test.yaml': testOf('look', approves('ben'), approves('eve')),
      'overlay.yml': 'apiVersion: handrail/v1\nkind: SettingsOverlay\ninputs: {look: {more: x}}\n',
    });
    const at = { cwd: folder.path };

    const bare = await handrail(['test', 'shop'], at);
    const over = await handrail(['test', 'shop'], {
      ...at,
      env: { HANDRAIL_OVERLAY: 'overlay.yml' },
    });

    expect(bare.stdout).toContain('the input "more" has no default and is not given');
    expect(over.stdout).toContain('FAILED  look › ben approves');
    expect(over.stdout).toContain('refused: Only a member of leads may approve this.');
    expect(over.stdout).not.toContain('eve approves');
  });

  it('ends with 3 and a sentence when there is nothing to play', async () => {
    await using folder = await temporaryFolder({ ...shop, 'none/x.yaml': runbook('x') });
    await using bare = await temporaryFolder({ 'a.test.yaml': testOf('a', passes) });
    const said = async (...args: readonly string[]) => {
      const env = { HANDRAIL_RUNBOOKS: '.' };
      const { code, stdout, stderr } = await handrail(['test', ...args], { cwd: folder.path, env });
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      return stderr;
    };

    expect(await said('none')).toBe(
      'There are no tests in none: tests are files that end in .test.yaml.\n',
    );
    expect(await said('-t', 'nothing')).toBe('No case in . has "nothing" in its name.\n');
    expect(await said('nowhere')).toBe('There is no file, folder or runbook nowhere.\n');
    expect(await said('no/where')).toBe('There is no file or folder no/where.\n');
    expect(await said(bare.path)).toMatch(
      /^There is no handrail\.yaml in .* handrail init writes a first one\.$/m,
    );
    expect((await handrail(['test', '--bogus'])).code).toBe(64);
  });

  it('ends with 3 and every problem where the settings are broken', async () => {
    await using folder = await temporaryFolder({ ...shop, 'handrail.yaml': 'kind: [' });

    const { code, stderr } = await handrail(['test', '.'], { cwd: folder.path });

    expect(code).toBe(3);
    expect(stderr).toContain('handrail.yaml:1:');
  });
});

/** As a reader of XML that is not ours sees it. */
function wellFormed(xml: string): boolean {
  const open: string[] = [];
  const tags = /<(?:\?xml [^<>]*\?|\/(\w+)|(\w+)(?: \w+="[^<>"]*")*(\/)?)>/g;
  const rest = xml.replaceAll(tags, (_tag, ends: string, starts: string, closed: string) => {
    if (ends !== undefined && open.pop() !== ends) open.push('wrong');
    if (starts !== undefined && closed === undefined) open.push(starts);
    return '';
  });
  const text = rest.replaceAll(/&(?:lt|gt|amp|quot|#\d+);/g, '');
  // oxlint-disable-next-line no-control-regex
  return open.length === 0 && !/[<&\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(text);
}
