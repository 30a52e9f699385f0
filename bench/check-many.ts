import { compare, type Contender } from './comparison.ts';
import { handrail, inRepository, isInstalled, temporaryFolder } from './paths.ts';
import { type Exporter, startExporter, startTargets } from './servers.ts';

const SLOW_MS = 500;
const CHECK_HTTP = '/usr/lib/nagios/plugins/check_http';
const ROUNDS = 5;

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

type Folder = ReturnType<typeof temporaryFolder>;

/**
 * `handrail check` as one process beside whatever else asks the same URLs: a bare undici script,
 * Debian's check_http and its blackbox exporter.
 */
export async function checkMany(): Promise<void> {
  using folder = temporaryFolder();
  await using targets = await startTargets(SLOW_MS);
  await using exporter = await startExporter(folder);
  folder.write('handrail.yaml', settings);
  folder.write('many.yaml', runbook);
  const urls = (count: number, path: string) =>
    Array.from({ length: count }, (_, index) => `${targets.origin}${path}${index}`);

  for (const { count, aims } of [
    { count: 1, aims: {} },
    { count: 100, aims: { bare: 1 } },
    { count: 1_000, aims: { checkHttp: 1 } },
  ]) {
    const asked = urls(count, '/');
    compare({
      what: `${count} http ${count === 1 ? 'check' : 'checks'}`,
      ours: ours(folder, asked),
      peers: peersOf(folder, asked, exporter, aims),
      missing: [
        ...(isInstalled(CHECK_HTTP) ? [] : ['check_http (monitoring-plugins-basic)']),
        ...(exporter === null ? ['blackbox_exporter (prometheus-blackbox-exporter)'] : []),
      ],
      rounds: ROUNDS,
    });
  }
  compare({
    what: `20 targets that answer after ${SLOW_MS} ms`,
    ours: ours(folder, urls(20, '/slow/')),
    peers: [],
    floor: { name: 'the slowest target', ms: SLOW_MS, atMost: 1.5 },
    rounds: ROUNDS,
  });
}

function ours({ folder, write }: Folder, urls: readonly string[]): Contender {
  const inputs = write(`inputs-${urls.length}.json`, JSON.stringify({ urls }));
  const args = ['check', `${folder}/many.yaml`, '--input-file', inputs];
  return { name: 'handrail check', command: [process.execPath, handrail, ...args] };
}

function peersOf(
  folder: Folder,
  urls: readonly string[],
  exporter: Exporter | null,
  aims: { bare?: number; checkHttp?: number },
) {
  const { port } = new URL(urls[0] ?? '');
  const paths = folder.write(
    `paths-${urls.length}.txt`,
    urls.map((url) => new URL(url).pathname).join('\n'),
  );
  const each = `xargs -P 64 -I PATH ${CHECK_HTTP} -H 127.0.0.1 -p ${port} -u PATH -e 200 < ${paths}`;
  return [
    { name: 'bare undici script', command: bare(folder, 'bare', urls), ...aim(aims.bare) },
    ...(isInstalled(CHECK_HTTP)
      ? [
          {
            name: 'check_http, xargs -P 64',
            command: ['sh', '-c', each] as const,
            ...aim(aims.checkHttp),
          },
        ]
      : []),
    // It runs all the time: what is measured is to ask it for each target, and to read its verdict.
    ...(exporter === null
      ? []
      : [
          {
            name: 'blackbox_exporter, asked by the script',
            command: bare(
              folder,
              'probes',
              urls.map((url) => exporter.probe(url)),
            ),
          },
        ]),
  ];
}

function bare({ write }: Folder, name: string, urls: readonly string[]) {
  const inputs = write(`${name}-${urls.length}.json`, JSON.stringify({ urls }));
  return [process.execPath, inRepository('bench/bare-undici.js'), inputs] as const;
}

function aim(atMost: number | undefined): { atMost?: number } {
  return atMost === undefined ? {} : { atMost };
}
