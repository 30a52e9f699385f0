import { spawnSync } from 'node:child_process';

import { describe, expect, it } from 'vitest';

import { handrail } from './run-cli.ts';

/** What is offered after these words, without descriptions, and the directive for files at the end. */
async function offered(...words: string[]): Promise<readonly string[]> {
  const { stdout } = await handrail(['complete', '--', ...words]);
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.split('\t')[0] ?? '');
}

const noFiles = ':4';
const files = ':0';

describe('completion', () => {
  it('offers commands, and hides what only a shell calls', async () => {
    expect(await offered('gr')).toEqual(['graph', noFiles]);
    expect(await offered('')).not.toContain('complete');
  });

  it.each([
    { words: ['graph', 'checkout-sm'], offers: ['checkout-smoke', noFiles] },
    { words: ['graph', '--fo'], offers: ['--format', noFiles] },
    { words: ['graph', '--format', ''], offers: ['mermaid', 'svg', 'md', noFiles] },
    { words: ['graph', 'x', '--output', ''], offers: [files] },
    { words: ['graph', './run'], offers: [files] },
    { words: ['lint', '--strict', ''], offers: [files] },
    { words: ['schema', 'run'], offers: ['runbook', 'runbook-test', noFiles] },
    { words: ['--ver'], offers: ['--version', noFiles] },
  ])('offers $offers after $words', async ({ words, offers }) => {
    expect(await offered(...words)).toEqual(offers);
  });

  it('offers no runbooks, and says nothing, where there are none', async () => {
    const env = { HANDRAIL_RUNBOOKS: '/nowhere' };
    expect(await handrail(['complete', '--', 'graph', ''], { env })).toEqual({
      code: 0,
      stdout: ':4\n',
      stderr: '',
    });
  });

  it.each(['zsh', 'fish', 'powershell'])('has a script for %s', async (shell) => {
    const { code, stdout } = await handrail(['completion', shell]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/handrail.*complete/s);
  });

  it('works in a bash that has no bash-completion', async () => {
    const { stdout } = await handrail(['completion', 'bash']);
    const script = `${stdout}
handrail() { printf '%s\\tx\\n' graph init; echo :4; }
compopt() { :; }
COMP_WORDS=(handrail gr) COMP_CWORD=1
__handrail_complete
echo "\${COMPREPLY[*]}"
complete -p handrail`;
    const shell = spawnSync('bash', ['--norc'], {
      input: script,
      encoding: 'utf8',
      timeout: 10_000,
    });
    expect(shell.stderr).toBe('');
    expect(shell.stdout).toBe(
      'graph\ncomplete -o bashdefault -o default -F __handrail_complete handrail\n',
    );
  });
});
