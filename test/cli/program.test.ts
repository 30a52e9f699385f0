import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { handrail } from './run-cli.ts';
import { temporaryFolder } from './temporary-folder.ts';

const stack = /\n\s+at /u;
const escape = '\u001b';

describe('the command line', () => {
  it('says its version, the one of the package', async () => {
    const file = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    const { version } = JSON.parse(file);

    expect(await handrail(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('shows every command in its help, on stdout', async () => {
    const { code, stdout } = await handrail(['--help']);

    expect(code).toBe(0);
    for (const command of 'up start practice lint explain incidents timeline postmortem verify schema'.split(
      ' ',
    )) {
      expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'mu'));
    }
  });

  it.each([
    { args: ['lint', '--nope'], says: "unknown option '--nope'" },
    { args: ['lnit'], says: "unknown command 'lnit'" },
    { args: ['lint', '--format', 'xml'], says: 'text, json, sarif, github' },
    { args: ['timeline'], says: "missing required argument 'id'" },
    { args: ['timeline', 'inc-1', 'inc-2'], says: 'too many arguments' },
    { args: ['practice', '--seed', 'x'], says: '--seed must be a whole number' },
    { args: ['practice', '--scenario', 'flood'], says: 'bad-gateway-url, gateway-provider-down' },
    { args: ['schema', 'nope'], says: 'runbook, settings, runbook-test' },
    { args: [], says: 'Usage: handrail' },
  ])('refuses $args with exit code 64 and a sentence', async ({ args, says }) => {
    const { code, stdout, stderr } = await handrail(args);

    expect(code).toBe(64);
    expect(stdout).toBe('');
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(stack);
  });

  it('refuses to start without all of Slack, and names every problem at once', async () => {
    const { code, stderr } = await handrail(['start'], {
      env: { SLACK_BOT_TOKEN: 'xoxp-1', HANDRAIL_PORT: 'eighty', DATABASE_URL: 'mysql://x' },
    });

    expect(code).toBe(3);
    for (const name of ['SLACK_APP_TOKEN', 'SLACK_BOT_TOKEN', 'HANDRAIL_PORT', 'DATABASE_URL']) {
      expect(stderr).toMatch(new RegExp(`^${name} `, 'mu'));
    }
    expect(stderr).not.toMatch(stack);
  });

  it('does not fall back to practice when only some of Slack is set up', async () => {
    const { code, stderr } = await handrail(['up'], { env: { SLACK_APP_TOKEN: 'xapp-1' } });

    expect(code).toBe(3);
    expect(stderr).toContain('SLACK_BOT_TOKEN is not set');
  });

  it('says of every command how it ends, and of no option that it is nothing by itself', async () => {
    const { stdout } = await handrail(['--help']);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+)\b/gmu)].map(([, name = '']) => name);
    for (const name of commands.filter((each) => each !== 'help' && each !== 'up')) {
      const help = await handrail([name, '--help']);
      expect(help.stdout).toMatch(/^Exit codes: 0 /mu);
      expect(help.stdout).not.toMatch(/default: (?:\[\]|false)/u);
    }
    expect(commands.length).toBeGreaterThan(15);
  });

  it.each([
    { args: ['practice'], names: ['bad-gateway-url', 'gateway-provider-down'] },
    { args: ['completion'], names: ['bash', 'zsh', 'fish', 'powershell'] },
    { args: ['schema'], names: ['runbook', 'settings', 'runbook-test'] },
  ])('names what $args can be given in its help', async ({ args, names }) => {
    const { stdout } = await handrail([...args, '--help']);
    for (const name of names) expect(stdout).toContain(`"${name}"`);
  });

  it.each(['lint', 'test', 'check x', 'graph x'])(
    'says of `%s` in an empty folder that there is nothing yet, and what writes it',
    async (line) => {
      await using folder = await temporaryFolder({});
      const { code, stderr } = await handrail(line.split(' '), { cwd: folder.path });

      expect(code).toBe(3);
      expect(stderr).toContain('There is no folder runbooks');
      expect(stderr).toContain('handrail init');
    },
  );

  it('wraps what it explains', async () => {
    const { stdout } = await handrail(['explain']);
    const longest = Math.max(...stdout.split('\n').map(({ length }) => length));
    expect(longest).toBeLessThanOrEqual(80);
  });

  it('lists the scenarios, each with what it is about', async () => {
    const { code, stdout } = await handrail(['practice', '--scenarios']);

    expect(code).toBe(0);
    expect(stdout.match(/^[a-z-]+\n {2}[A-Z].*\.$/gmu)?.length).toBeGreaterThanOrEqual(6);
  });

  it('shows no colors in a pipe, nor with NO_COLOR where they are forced', async () => {
    const piped = await handrail(['practice', '--scenario', 'flood']);
    const forced = await handrail(['practice', '--scenario', 'flood'], {
      env: { NO_COLOR: '1', FORCE_COLOR: '1' },
    });

    expect(piped.stderr).not.toContain(escape);
    expect(forced.stderr).not.toContain(escape);
  });

  it('prints the JSON Schema of one kind, or of all', async () => {
    const one = await handrail(['schema', 'runbook']);
    const all = await handrail(['schema']);

    expect(JSON.parse(one.stdout)).toMatchObject({ title: 'A runbook of Handrail' });
    expect(Object.keys(JSON.parse(all.stdout))).toEqual([
      'runbook.json',
      'settings.json',
      'runbook-test.json',
    ]);
  });
});
