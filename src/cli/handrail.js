#!/usr/bin/env node
// Plain JavaScript that every Node can read: Handrail itself needs Node 24, which an older one
// finds among the installed packages and hands over to.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const major = Number(process.versions.node.split('.')[0]);
const installed = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));

if (major >= 24) {
  module.enableCompileCache();
  // zod brings fifty languages along. Nobody here reads them, and every command would wait for them.
  module.registerHooks({
    resolve: (specifier, context, next) =>
      specifier === '../locales/index.js' && context.parentURL?.includes('/zod/')
        ? { url: 'data:text/javascript,', format: 'module', shortCircuit: true }
        : next(specifier, context),
  });
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
