import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { controlC, enter, openPseudoTerminal } from '#test/support/pseudo-terminal.ts';

import { handrail } from './run-cli.ts';
import { temporaryFolder } from './temporary-folder.ts';

const given = '--yes --service shop-api --health-url https://shop.example/health'.split(' ');

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

describe('handrail init', () => {
  it('writes files into an empty folder that are clean, tested and ready to draw', async () => {
    await using folder = await temporaryFolder({});
    const cwd = folder.path;
    const { code, stdout, stderr } = await handrail(['init', ...given], { cwd });

    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout.trim().split('\n').toSorted()).toEqual(await filesIn(cwd));
    expect(stderr).toContain('Nobody can approve yet');
    expect(stderr).toContain('handrail graph shop-api-unhealthy');
    expect(await filesIn(cwd)).toEqual([
      'runbooks/handrail.yaml',
      'runbooks/schema/runbook-test.json',
      'runbooks/schema/runbook.json',
      'runbooks/schema/settings.json',
      'runbooks/shop-api/unhealthy.test.yaml',
      'runbooks/shop-api/unhealthy.yaml',
    ]);

    const lint = await handrail(['lint', '--strict', '--format', 'json'], { cwd });
    expect(JSON.parse(lint.stdout)).toMatchObject({ diagnostics: [] });
    expect(await handrail(['test'], { cwd })).toMatchObject({ code: 0 });
    expect(await handrail(['graph', 'shop-api-unhealthy'], { cwd })).toMatchObject({ code: 0 });
  });

  it('asks a person one thing after the other, and says what is wrong at once', async () => {
    await using folder = await temporaryFolder({});
    await using terminal = openPseudoTerminal(['init'], { cwd: folder.path });

    await terminal.sees('Which service is it for?');
    terminal.types(`Billing!${enter}`);
    await terminal.sees('Write a name such as checkout.');
    terminal.types(`\u0015billing${enter}`);
    await terminal.sees('Which team owns it?');
    terminal.types(`sre${enter}`);
    for (const asked of ['Where does it run?', 'healthy?', 'Prometheus?', 'deploy API?']) {
      await terminal.sees(asked);
      terminal.types(enter);
    }
    await terminal.sees('Who approves a rollback?');
    terminal.types(`U0ANA,U0BEN${enter}`);
    await terminal.sees('handrail graph billing-unhealthy');

    expect(await terminal.ended()).toBe(0);
    const settings = await readFile(path.join(folder.path, 'runbooks/handrail.yaml'), 'utf8');
    expect(settings).toContain('users: [U0ANA, U0BEN]');
    expect(await handrail(['lint', '--strict'], { cwd: folder.path })).toMatchObject({ code: 0 });
  });

  it('writes nothing for a person who leaves', async () => {
    await using folder = await temporaryFolder({});
    await using terminal = openPseudoTerminal(['init'], { cwd: folder.path });

    await terminal.sees('Which service is it for?');
    terminal.types(controlC);

    expect(await terminal.ended()).toBe(130);
    expect(await filesIn(folder.path)).toEqual([]);
  });

  it('writes what it was told', async () => {
    await using folder = await temporaryFolder({});
    const told = '--owner sre --environments live,test --approvers U0ANA,U0BEN'.split(' ');
    const urls = '--metrics-url https://prom.example --deploy-url https://deploy.example'.split(
      ' ',
    );
    const { code, stderr } = await handrail(['init', ...given, ...told, ...urls], {
      cwd: folder.path,
    });
    const text = await readFile(path.join(folder.path, 'runbooks/handrail.yaml'), 'utf8');

    expect(code).toBe(0);
    expect(stderr).not.toContain('Nobody can approve yet');
    expect(text).toContain('  sre: {users: [U0ANA, U0BEN]}');
    expect(text).toContain('environments: [live, test]');
    expect(text).toContain("deploys: {type: deploy-api, url: 'https://deploy.example'");
    expect(text).toContain("outbound: {allow: ['shop.example', 'prom.example', 'deploy.example']}");
  });

  it('adds a runbook to settings that stand, and leaves them as they are', async () => {
    const settings = await readFile('runbooks/handrail.yaml', 'utf8');
    await using folder = await temporaryFolder({ 'runbooks/handrail.yaml': settings });
    const cwd = folder.path;
    const args = [
      '--yes',
      '--service',
      'checkout',
      '--health-url',
      'https://checkout.example.com/x',
    ];
    const { code } = await handrail(['init', ...args], { cwd });
    const lint = await handrail(['lint', '--strict', '--format', 'json'], { cwd });

    expect(code).toBe(0);
    expect(await readFile(path.join(cwd, 'runbooks/handrail.yaml'), 'utf8')).toBe(settings);
    expect(JSON.parse(lint.stdout)).toMatchObject({ diagnostics: [] });
    expect(await handrail(['test'], { cwd })).toMatchObject({ code: 0 });
  });

  it('overwrites nothing, and says which file stands', async () => {
    await using folder = await temporaryFolder({ 'runbooks/shop-api/unhealthy.test.yaml': 'mine' });
    const before = await filesIn(folder.path);
    const { code, stderr } = await handrail(['init', ...given], { cwd: folder.path });

    expect(code).toBe(3);
    expect(stderr).toContain('runbooks/shop-api/unhealthy.test.yaml stands already');
    expect(await filesIn(folder.path)).toEqual(before);
  });

  it.each([
    {
      args: ['--health-url', 'https://other.example/x'],
      says: 'settings do not allow other.example',
    },
    { args: ['--service', 'stock'], says: 'handrail.yaml has no service stock. It has checkout' },
  ])('writes nothing that would not fit the settings: $says', async ({ args, says }) => {
    const settings = await readFile('runbooks/handrail.yaml', 'utf8');
    await using folder = await temporaryFolder({ 'runbooks/handrail.yaml': settings });
    const asked = ['init', '--yes', '--service', 'checkout', ...args];
    const { code, stderr } = await handrail(asked, { cwd: folder.path });

    expect(code).toBe(3);
    expect(stderr).toContain(says);
    expect(await filesIn(folder.path)).toEqual(['runbooks/handrail.yaml']);
  });

  it.each([
    { args: [], says: '--service is needed' },
    { args: ['--service', 'Shop API'], says: '--service Shop API: Write a name' },
    {
      args: [...given, '--health-url', "https://x'}"],
      says: "--health-url https://x'}: Write a URL",
    },
    { args: [...given, '--approvers', 'ana'], says: '--approvers ana: Write one id' },
    { args: [...given, '--environments', ','], says: '--environments ,: Write names' },
  ])('refuses $args with exit code 64 and a sentence', async ({ args, says }) => {
    await using folder = await temporaryFolder({});
    const { code, stderr } = await handrail(['init', ...args], { cwd: folder.path });

    expect(code).toBe(64);
    expect(stderr).toContain(says);
    expect(await filesIn(folder.path)).toEqual([]);
  });
});
