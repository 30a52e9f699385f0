#!/usr/bin/env node
// Plain JavaScript that every Node can read: Handrail itself needs Node 24, which an older one
// finds among the installed packages and hands over to.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const major = Number(process.versions.node.split('.')[0]);
const sources = new URL('../', import.meta.url).href;
const packages = new Map();
const NOTHING = 'data:text/javascript,export default {}';
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
  await handOver();
} else {
  process.stderr.write(
    `Handrail needs Node 24 or newer, and this is Node ${process.versions.node}. Install it, or run npm ci, which brings one along.\n`,
  );
  process.exitCode = 3;
}

/**
 * Files that modules import of each other are where their names say: Node would ask the disk several
 * times for each. And what ours import of a package is the same for all of them.
 */
function resolveOnce(specifier, context, next) {
  if (!context.conditions.includes('import')) return next(specifier, context);
  const parent = context.parentURL ?? '';
  const url = shortcut(specifier, parent);
  if (url !== null) {
    const format = url.endsWith('.ts') ? 'module-typescript' : undefined;
    return { url, format, shortCircuit: true };
  }
  if (!parent.startsWith(sources)) return next(specifier, context);
  const found = packages.get(specifier) ?? next(specifier, context);
  packages.set(specifier, found);
  return { ...found, shortCircuit: true };
}

/**
 * Zod brings fifty languages along, and Commander all that it takes to start other programs, for which
 * every command would wait: they are given the one that we speak, and nothing.
 */
function shortcut(specifier, parent) {
  if (specifier.startsWith('#') && parent.startsWith(sources)) {
    return sources + specifier.slice(specifier.startsWith('#src/') ? '#src/'.length : 1);
  }
  if (specifier === 'node:child_process' && parent.includes('/commander/')) return NOTHING;
  if (!specifier.startsWith('./') && !specifier.startsWith('../')) return null;
  const isLanguages = specifier === '../locales/index.js' && parent.includes('/zod/');
  return new URL(isLanguages ? '../locales/en.js' : specifier, parent).href;
}

/** Runs the same command on the installed Node, and ends as it ends. */
async function handOver() {
  const { spawn } = await import('node:child_process');
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
