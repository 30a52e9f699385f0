import { emitKeypressEvents, type Key } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

import { printPainted, tell } from '#cli/output.ts';

import { styled } from './style.ts';

/**
 * Where a run is followed. Lines stay; below them stands one line that changes. On a terminal single
 * keys are read; elsewhere the changing line is written to stderr now and then.
 */
export type Screen = Disposable & {
  interactive: boolean;
  lines(lines: readonly string[]): void;
  status(text: string): void;
  /** The next key, or null when `ms` are over. Ctrl-C is `leave`; no key is lost in between. */
  key(ms: number): Promise<string | null>;
  /** Drops what was pressed so far: it was meant for what stood there before. */
  forgetKeys(): void;
  /** Gives the keyboard to a prompt for as long as it runs. */
  lend<T>(prompt: () => Promise<T>): Promise<T>;
};

const leave = 'leave';
const clearLine = '\r\u001B[2K';
const statusEveryMs = 10_000;

export function openScreen(): Screen {
  return process.stdin.isTTY && process.stdout.isTTY ? terminalScreen() : plainScreen();
}

function terminalScreen(): Screen {
  const { stdin, stdout } = process;
  let shown = '';
  let pressed: ((key: string) => void) | null = null;
  let early: string[] = [];
  const take = (key: string): void => {
    // Who waits takes one key: the next may have come with it.
    const waiting = pressed;
    pressed = null;
    if (waiting === null) early.push(key);
    else waiting(key);
  };
  const onKey = (_text: string | undefined, key: Key): void => {
    if (key.ctrl === true && (key.name === 'c' || key.name === 'd')) take(leave);
    else if (key.sequence !== undefined) take(key.sequence);
  };
  const listen = (): void => {
    stdin.setRawMode(true);
    stdin.on('keypress', onKey);
    stdin.resume();
  };
  const rest = (): void => {
    stdin.off('keypress', onKey);
    stdin.setRawMode(false);
    stdin.pause();
    if (shown !== '') stdout.write(clearLine);
    shown = '';
  };
  emitKeypressEvents(stdin);
  listen();
  return {
    interactive: true,
    lines(lines) {
      if (lines.length === 0) return;
      stdout.write(`${clearLine}${lines.join('\n')}\n${shown}`);
    },
    status(text) {
      const fitting = styled('dim', text.slice(0, Math.max(20, stdout.columns - 1)));
      if (fitting === shown) return;
      shown = fitting;
      stdout.write(`${clearLine}${shown}`);
    },
    async key(ms) {
      const waiting = early.shift();
      if (waiting !== undefined) return waiting;
      const { promise, resolve } = Promise.withResolvers<string>();
      pressed = resolve;
      const timer = new AbortController();
      const late = wait(ms, null, { signal: timer.signal }).catch(() => null);
      const key = await Promise.race([promise, late]);
      pressed = null;
      timer.abort();
      return key;
    },
    forgetKeys() {
      early = early.filter((key) => key === leave);
    },
    async lend(prompt) {
      early = [];
      rest();
      try {
        return await prompt();
      } finally {
        listen();
      }
    },
    [Symbol.dispose]: rest,
  };
}

function plainScreen(): Screen {
  const asked = new AbortController();
  const onSignal = (): void => asked.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  let last = { text: '', at: 0 };
  return {
    interactive: false,
    lines: (lines) => {
      if (lines.length > 0) printPainted(lines.join('\n'));
    },
    status(text) {
      const now = performance.now();
      if (text === last.text || now - last.at < statusEveryMs) return;
      last = { text, at: now };
      tell(text);
    },
    async key(ms) {
      await wait(ms, undefined, { signal: asked.signal }).catch(() => {});
      return asked.signal.aborted ? leave : null;
    },
    forgetKeys() {},
    lend: (prompt) => prompt(),
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
