import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { handrail } from './run-cli.ts';
import { temporaryFolder } from './temporary-folder.ts';

const runbook = `apiVersion: handrail/v1
kind: Runbook
id: try
title: Try
service: checkout
owner: payments
steps:
  - {id: look, title: Look, uses: manual, with: {instructions: Look around}}
`;

describe('handrail graph', () => {
  it('draws a shipped runbook by its id, with who approves what it writes', async () => {
    const { code, stdout, stderr } = await handrail(['graph', 'checkout-bad-gateway-url']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^flowchart TD\n/);
    expect(stdout).toContain('1 approval from payments-oncall or incident-commanders');
  });

  it.each([
    { format: 'svg', begins: '<svg ' },
    { format: 'md', begins: '# Try\n' },
    { format: 'mermaid', begins: 'flowchart TD' },
  ])(
    'writes $format of a file, and says that there are no settings',
    async ({ format, begins }) => {
      await using folder = await temporaryFolder({ 'try.yaml': runbook });
      const file = path.join(folder.path, 'try.yaml');
      const { code, stdout, stderr } = await handrail(['graph', file, '--format', format], {
        env: { HANDRAIL_RUNBOOKS: folder.path },
      });

      expect(code).toBe(0);
      expect(stdout.startsWith(begins)).toBe(true);
      expect(stderr).toContain("can't be read, so approvals and queries are left out.");
    },
  );

  it('writes a file in the format that its name says', async () => {
    await using folder = await temporaryFolder({ 'try.yaml': runbook });
    const args = ['graph', 'try', '--output', 'try.svg'];
    const env = { HANDRAIL_RUNBOOKS: folder.path };
    const { code, stdout, stderr } = await handrail(args, { cwd: folder.path, env });

    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('Wrote try.svg');
    expect(await readFile(path.join(folder.path, 'try.svg'), 'utf8')).toMatch(/^<svg /);
  });

  it('refuses what it can not write to, and a runbook that there is not', async () => {
    const unwritable = await handrail(['graph', 'checkout-smoke', '--output', 'none/x.svg']);
    const unknown = await handrail(['graph', 'checkout-smok']);

    expect(unwritable).toMatchObject({ code: 3, stdout: '' });
    expect(unwritable.stderr).toContain("none/x.svg can't be written");
    expect(unknown).toMatchObject({ code: 3, stdout: '' });
    expect(unknown.stderr).toContain('Did you mean checkout-smoke?');
  });
});
