import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

/**
 * `handrail check` as one process beside whatever else asks the same URLs: a bare undici script,
 * Debian's check_http and the blackbox exporter. Prints medians of one run of this file; figures of
 * different runs do not compare.
 *
 * node bench/check.ts [rounds]
 */

const rounds = Number(process.argv[2] ?? 5);
const handrail = fileURLToPath(new URL('../src/cli/handrail.js', import.meta.url));
const checkHttp = '/usr/lib/nagios/plugins/check_http';
const slowMs = 500;

const settings = `apiVersion: handrail/v1
kind: Settings
services: {bench: {owner: bench, environments: [production]}}
groups: {bench: {users: [U1]}}
outbound: {allow: [127.0.0.1]}
`;
const runbook = `apiVersion: handrail/v1
kind: Runbook
id: many
title: Many targets
service: bench
owner: bench
inputs: {urls: {type: array, items: {type: string}}}
steps:
  - id: all
    title: All of them
    uses: parallel
    foreach: {url: inputs.urls}
    steps:
      - {id: http, uses: check.http, with: {url: '\${{ url }}', expect: {status: 200}}}
`;
/** What somebody would write by hand who wants nothing but the statuses. */
const bare = `import { readFileSync } from 'node:fs';
import { request } from ${JSON.stringify(import.meta.resolve('undici'))};
const { urls } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
let wrong = 0;
await Promise.all(Array.from({ length: 64 }, async () => {
  for (let url = urls.shift(); url !== undefined; url = urls.shift()) {
    const { statusCode, body } = await request(url);
    await body.text();
    if (statusCode !== 200) wrong += 1;
  }
}));
process.exitCode = wrong === 0 ? 0 : 1;
`;

type Command = readonly [command: string, ...args: string[]];
/** Started when it is needed first. */
let exporter: ChildProcess | null = null;

type Contender = { name: string; command: Command };

const folder = mkdtempSync(path.join(tmpdir(), 'handrail-bench-'));
const file = (name: string, text: string) => {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};
file('handrail.yaml', settings);
const gate = file('many.yaml', runbook);
const script = file('bare.mjs', bare);

// The targets are another process: what they cost is not the contenders'.
if (process.argv[2] === 'serve') {
  serveTargets();
} else {
  try {
    await compareAll();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compareAll(): Promise<void> {
  const targets = spawn(process.execPath, [fileURLToPath(import.meta.url), 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const origin = await firstLine(targets.stdout);
    for (const count of [1, 100, 1_000]) {
      const urls = Array.from({ length: count }, (_, index) => `${origin}/${index}`);
      compare(`${count} http ${count === 1 ? 'check' : 'checks'}`, await contenders(urls));
    }
    const slow = Array.from({ length: 20 }, (_, index) => `${origin}/slow/${index}`);
    compareWith(`20 targets that answer after ${slowMs} ms`, slowMs, ours(slow));
  } finally {
    targets.kill();
    exporter?.kill();
  }
}

function ours(urls: readonly string[]): Contender {
  const inputs = file(`inputs-${urls.length}.json`, JSON.stringify({ urls }));
  const command: Command = [process.execPath, handrail, 'check', gate, '--input-file', inputs];
  return { name: 'handrail check', command };
}

async function contenders(urls: readonly string[]): Promise<readonly Contender[]> {
  const inputs = file(`bare-${urls.length}.json`, JSON.stringify({ urls }));
  const { port } = new URL(urls[0] ?? '');
  const paths = file(
    `paths-${urls.length}.txt`,
    urls.map((url) => new URL(url).pathname).join('\n'),
  );
  const each = `xargs -P 64 -I PATH ${checkHttp} -H 127.0.0.1 -p ${port} -u PATH -e 200 < ${paths}`;
  return [
    ours(urls),
    { name: 'bare undici script', command: [process.execPath, script, inputs] },
    ...(isThere(checkHttp)
      ? [{ name: 'check_http, xargs -P 64', command: ['sh', '-c', each] as const }]
      : []),
    ...(await blackbox(urls)),
  ];
}

/** The exporter runs all the time; what is measured is to ask it for each target, and to read its verdict. */
async function blackbox(urls: readonly string[]): Promise<readonly Contender[]> {
  const name = 'prometheus-blackbox-exporter';
  if (!isThere(name)) return [];
  const config = file('blackbox.yml', 'modules: {http_2xx: {prober: http, timeout: 5s}}\n');
  const at = '127.0.0.1:19115';
  if (exporter === null) {
    exporter = spawn(name, [`--config.file=${config}`, `--web.listen-address=${at}`], {
      stdio: 'ignore',
    });
    await untilItAnswers(`http://${at}/`);
  }
  const probes = urls.map(
    (url) => `http://${at}/probe?module=http_2xx&target=${encodeURIComponent(url)}`,
  );
  const inputs = file(`probes-${urls.length}.json`, JSON.stringify({ urls: probes }));
  return [
    { name: 'blackbox_exporter, asked by the script', command: [process.execPath, script, inputs] },
  ];
}

function compare(what: string, all: readonly Contender[]): void {
  // Taken in turns: whatever else this machine does is everybody's share.
  const times = all.map((): number[] => []);
  for (const { command } of all) timed(command);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { command }] of all.entries()) times[index]?.push(timed(command));
  }
  const medians = times.map(median);
  const base = medians[0] ?? 0;
  print(
    what,
    all.map(({ name }, index) => [name, medians[index] ?? 0, (medians[index] ?? 0) / base]),
  );
  for (const peer of [checkHttp, 'prometheus-blackbox-exporter']) {
    if (!isThere(peer)) process.stdout.write(`  (${path.basename(peer)} is not installed here)\n`);
  }
}

function compareWith(what: string, ms: number, one: Contender): void {
  timed(one.command);
  const taken = median(Array.from({ length: rounds }, () => timed(one.command)));
  print(what, [
    [one.name, taken, 1],
    ['the slowest target', ms, ms / taken],
  ]);
}

function print(what: string, rows: readonly (readonly [string, number, number])[]): void {
  process.stdout.write(`${what}, median of ${rounds}\n`);
  for (const [name, ms, ratio] of rows) {
    process.stdout.write(
      `  ${name.padEnd(40)} ${ms.toFixed(0).padStart(6)} ms  ${ratio.toFixed(2).padStart(6)} ×\n`,
    );
  }
}

function timed([command, ...args]: Command): number {
  const startedAt = performance.now();
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (error !== undefined || status !== 0) {
    throw new Error(`${command} ended with ${status}`, { cause: error });
  }
  return performance.now() - startedAt;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function isThere(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
}

async function firstLine(stream: AsyncIterable<Buffer>): Promise<string> {
  for await (const chunk of stream) return chunk.toString('utf8').trim();
  throw new Error('the targets did not start');
}

async function untilItAnswers(url: string): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    const answered = await fetch(url, { signal: AbortSignal.timeout(1_000) }).catch(() => null);
    if (answered?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} does not answer`);
}

function serveTargets(): void {
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/slow/') !== true) return response.end('ok');
    return setTimeout(() => response.end('ok'), slowMs);
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (typeof address === 'object') process.stdout.write(`http://127.0.0.1:${address?.port}\n`);
  });
}
