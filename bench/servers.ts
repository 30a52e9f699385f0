import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

import { inRepository, isInstalled, type temporaryFolder } from './paths.ts';

const EXPORTER = 'prometheus-blackbox-exporter';

/** The targets are another process: what they cost is nobody's share. */
export async function startTargets(slowMs: number): Promise<{ origin: string } & AsyncDisposable> {
  const child = spawn(process.execPath, [inRepository('bench/targets.js'), String(slowMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line]: unknown[] = await once(child.stdout, 'data');
  return { origin: String(line).trim(), [Symbol.asyncDispose]: () => stop(child) };
}

export type Exporter = { probe(url: string): string };

/** Null where it is not installed. */
export async function startExporter({
  write,
}: ReturnType<typeof temporaryFolder>): Promise<(Exporter & AsyncDisposable) | null> {
  if (!isInstalled(EXPORTER)) return null;
  const config = write('blackbox.yml', 'modules: {http_2xx: {prober: http, timeout: 5s}}\n');
  const at = `127.0.0.1:${await freePort()}`;
  const child = spawn(EXPORTER, [`--config.file=${config}`, `--web.listen-address=${at}`], {
    stdio: 'ignore',
  });
  await untilItAnswers(`http://${at}/`);
  return {
    probe: (url) => `http://${at}/probe?module=http_2xx&target=${encodeURIComponent(url)}`,
    [Symbol.asyncDispose]: () => stop(child),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

async function untilItAnswers(url: string): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    const answered = await fetch(url, { signal: AbortSignal.timeout(1_000) }).catch(() => null);
    if (answered?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} does not answer`);
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}
