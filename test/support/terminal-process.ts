import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { eventually } from '#test/practice/shop/eventually.ts';

const longestMs = 40_000;

export type TerminalProcess = {
  /** All that it has written so far, to stdout and stderr. */
  output(): string;
  /** Waits until it has written this. */
  says(text: RegExp): Promise<void>;
  /** Its exit code, when it has ended by itself. */
  ended(): Promise<number>;
  /** As Ctrl-C. */
  interrupt(): Promise<number | null>;
};

/** `handrail` as a process of its own, with nothing to type on. */
export function spawnTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): TerminalProcess {
  const child = spawn(process.execPath, ['src/cli/handrail.js', ...args], {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      written += text;
    });
  }
  const closed = once(child, 'close');
  return {
    output: () => written,
    async says(text) {
      await eventually(() => text.test(written), { withinMs: longestMs }).catch(() => {
        throw new Error(`it did not say ${String(text)}:\n${written}`);
      });
    },
    async ended() {
      const timer = setTimeout(() => child.kill('SIGKILL'), longestMs);
      await closed;
      clearTimeout(timer);
      if (child.exitCode === null) throw new Error(`it did not end:\n${written}`);
      return child.exitCode;
    },
    async interrupt() {
      child.kill('SIGINT');
      await closed;
      return child.exitCode;
    },
  };
}
