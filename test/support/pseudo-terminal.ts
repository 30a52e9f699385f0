import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';

import { bin } from '#test/cli/run-cli.ts';
import { eventually } from '#test/practice/shop/eventually.ts';

const longestMs = 40_000;

export type PseudoTerminal = AsyncDisposable & {
  /** Waits until this stands on the screen, after what was waited for before. */
  sees(text: string): Promise<void>;
  types(keys: string): void;
  /** Its exit code, when it has ended by itself. */
  ended(): Promise<number | null>;
};

export const enter = '\r';
export const controlC = '\u0003';

/** `handrail` as a person has it in front of them: `script`, which every system has, makes the terminal. */
export function openPseudoTerminal(
  args: readonly string[],
  { cwd, env = {} }: { cwd: string; env?: Readonly<Record<string, string>> },
): PseudoTerminal {
  const command = [process.execPath, bin, ...args].map((word) => `'${word}'`).join(' ');
  const sized = `stty cols 100 rows 40; exec ${command}`;
  const inScript =
    process.platform === 'darwin'
      ? ['-q', '/dev/null', 'sh', '-c', sized]
      : ['-qec', sized, '/dev/null'];
  const child = spawn('/usr/bin/script', inScript, {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: cwd, TERM: 'xterm', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let written = '';
  let seen = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written += text;
  });
  const closed = once(child, 'close');
  return {
    async sees(text) {
      const find = () => {
        const at = stripVTControlCharacters(written).indexOf(text, seen);
        return at === -1 ? null : at + text.length;
      };
      seen = await eventually(find, { withinMs: longestMs }).catch(() => {
        throw new Error(`there was no ${text}:\n${stripVTControlCharacters(written)}`);
      });
    },
    types: (keys) => child.stdin.write(keys),
    async ended() {
      const timer = setTimeout(() => child.kill('SIGKILL'), longestMs);
      await closed;
      clearTimeout(timer);
      return child.exitCode;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
