#!/usr/bin/env node
// Plain JavaScript that any Node can read: the rest needs Node 24, which runs TypeScript as it is.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const needed = 24;
if (Number(process.versions.node.split('.')[0]) >= needed) {
  module.enableCompileCache();
  const { main } = await import('./program.ts');
  await main(process.argv);
} else {
  const ours = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));
  if (existsSync(ours)) {
    const { status } = spawnSync(ours, process.argv.slice(1), { stdio: 'inherit' });
    process.exitCode = status ?? 1;
  } else {
    process.stderr.write(
      `Handrail needs Node ${needed} or later, and this is ${process.versions.node}. Run it after «npm ci», which brings its own.\n`,
    );
    process.exitCode = 64;
  }
}
