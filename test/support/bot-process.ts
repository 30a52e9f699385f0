import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export type BotProcess = {
  webUrl: string;
  /** All that it has written to stdout and stderr so far. */
  output(): string;
  /** SIGTERM, as whoever deploys it anew does; resolves with the exit code. */
  terminate(): Promise<number | null>;
  /** SIGKILL: it gets no chance to finish anything. */
  kill(): Promise<void>;
  /** SIGSTOP: it does nothing until it is woken, and does not know that time has passed. */
  sleep(): void;
  wake(): void;
};

/** On a busy machine. */
const startMs = 60_000;

/** `handrail start`, as a process that can be killed; resolves when it says that it runs. */
export async function spawnBot(env: Readonly<Record<string, string>>): Promise<BotProcess> {
  const child = spawn(process.execPath, ['src/cli/handrail.js', 'start'], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const running = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      const webUrl = /Handrail runs.*(http:\S+)/.exec(line)?.[1];
      if (webUrl !== undefined) running.resolve(webUrl);
    });
  }
  const ended = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), startMs);
  const never = ended.then(() => {
    throw new Error(`the bot ended before it ran:\n${lines.join('\n')}`);
  });
  try {
    return {
      webUrl: await Promise.race([running.promise, never]),
      output: () => lines.join('\n'),
      async terminate() {
        child.kill('SIGTERM');
        await ended;
        return child.exitCode;
      },
      async kill() {
        child.kill('SIGKILL');
        await ended;
      },
      sleep: () => void child.kill('SIGSTOP'),
      wake: () => void child.kill('SIGCONT'),
    };
  } finally {
    clearTimeout(timer);
    never.catch(() => {});
  }
}
