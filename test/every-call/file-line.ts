import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';

import type { Calls } from './calls.ts';

const folders = new Map<string, Calls>();

const waiting = ['readFileSync', 'statSync'] as const;
const promised = [
  'readFile',
  'writeFile',
  'stat',
  'lstat',
  'readdir',
  'realpath',
  'mkdir',
  'rename',
] as const;

/**
 * From now on each call of the file system for something in this folder is a call, in this process. The
 * system's own functions are replaced, for there is no other way to a disk that fails.
 */
export function openFileLine(folder: string, calls: Calls): Disposable {
  replace();
  folders.set(folder + path.sep, calls);
  return {
    [Symbol.dispose]() {
      folders.delete(folder + path.sep);
    },
  };
}

function replace(): void {
  if (replaced) return;
  replaced = true;
  for (const name of waiting) watch(fs, name);
  for (const name of promised) watch(fs.promises, name);
  syncBuiltinESMExports();
}
let replaced = false;

function watch<Name extends string>(
  of: Record<Name, (...args: never[]) => unknown>,
  name: Name,
): void {
  const real = of[name];
  function called(place: unknown, ...args: unknown[]): unknown {
    const error = typeof place === 'string' ? meet(name, place) : null;
    if (error === null) return Reflect.apply(real, of, [place, ...args]);
    if (of === fs.promises) return Promise.reject(error);
    throw error;
  }
  Object.assign(of, { [name]: called });
}

function meet(name: string, place: string): Error | null {
  for (const [folder, calls] of folders) {
    const inside = `${place}${path.sep}`.startsWith(folder);
    if (!inside) continue;
    const code = calls.meet('file', `${name} ${place.slice(folder.length)}`);
    if (code === null) return null;
    return Object.assign(new Error(`${code}: planted, ${name} '${place}'`), {
      code,
      syscall: name,
      path: place,
    });
  }
  return null;
}
