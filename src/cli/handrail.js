#!/usr/bin/env node
// Plain JavaScript that every Node can read: Handrail itself needs Node 24, which an older one
// finds among the installed packages and hands over to.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const major = Number(process.versions.node.split('.')[0]);
const sources = new URL('../', import.meta.url).href;
const packages = new Map();
const installed = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));

if (major >= 24) {
  module.enableCompileCache();
  // zod would write a function for each schema, which takes longer than all that a command reads by it.
  // oxlint-disable-next-line no-underscore-dangle
  globalThis.__zod_globalConfig = { jitless: true };
  module.registerHooks({ resolve: resolveOnce });
  const { main } = await import('./program.ts');
  process.exitCode = await main(process.argv.slice(2));
} else if (existsSync(installed) && process.env.HANDRAIL_HANDED_OVER === undefined) {
  handOver();
} else {
  process.stderr.write(
    `Handrail needs Node 24 or newer, and this is Node ${process.versions.node}. Install it, or run npm ci, which brings one along.\n`,
  );
  process.exitCode = 3;
}

/**
 * Our own files are where their names say: Node would ask the disk several times for each. And what
 * they import of a package is the same for all of them.
 */
function resolveOnce(specifier, context, next) {
  const parent = context.parentURL ?? '';
  const url = shortcut(specifier, parent);
  if (url !== null) {
    const format = url.endsWith('.ts') ? 'module-typescript' : undefined;
    return { url, format, shortCircuit: true };
  }
  const isOurs = parent.startsWith(sources) && context.conditions.includes('import');
  if (!isOurs) return next(specifier, context);
  const found = packages.get(specifier) ?? next(specifier, context);
  packages.set(specifier, found);
  return { ...found, shortCircuit: true };
}

/** Zod brings fifty languages along, for which every command would wait: it is given the one it speaks. */
function shortcut(specifier, parent) {
  if (parent.startsWith(sources)) {
    if (specifier.startsWith('#')) {
      return sources + specifier.slice(specifier.startsWith('#src/') ? '#src/'.length : 1);
    }
    if (specifier.startsWith('./')) return new URL(specifier, parent).href;
  }
  const isLanguages = specifier === '../locales/index.js' && parent.includes('/zod/');
  return isLanguages ? new URL('../locales/en.js', parent).href : null;
}

/** Runs the same command on the installed Node, and ends as it ends. */
function handOver() {
  const child = spawn(installed, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    // Whatever was installed under that name, it is asked only once.
    env: { ...process.env, HANDRAIL_HANDED_OVER: '1' },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => {
    process.stderr.write(`Node 24 could not be started: ${error.message}. Run npm ci.\n`);
    process.exitCode = 3;
  });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
