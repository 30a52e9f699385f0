import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { serve } from '#test/support/serve.ts';
import { xmlTree } from '#test/support/xml-tree.ts';

import { handrail } from './run-cli.ts';
import { temporaryFolder } from './temporary-folder.ts';

const settings = `apiVersion: handrail/v1
kind: Settings
services:
  shop: {owner: shop, environments: [production], connections: {deploys: deploys, http: api}}
connections:
  deploys: {type: deploy-api, url: 'http://127.0.0.1:9', token: '\${{ secrets.DEPLOY_TOKEN }}'}
  api: {type: http, url: 'http://127.0.0.1:9', token: '\${{ secrets.API_TOKEN }}'}
groups: {shop: {users: [U1]}}
outbound: {allow: [127.0.0.1]}
`;
const gate = `apiVersion: handrail/v1
kind: Runbook
id: gate
title: Fit to ship
service: shop
owner: shop
inputs:
  url: {type: string, required: false}
  limit: {type: integer, default: 3}
  tags: {type: array, items: {type: string}, default: []}
steps:
  - {id: env, title: Environment, uses: check.config, with: {source: {env: true}, rules: {PAY_URL: {required: true, url: {scheme: https}}}}}
  - {id: up, title: Up, uses: check.http, timeout: 700ms, with: {url: '\${{ inputs.url }}', expect: {status: 200}}}
`;
const files = { 'runbooks/handrail.yaml': settings, 'runbooks/shop/gate.yaml': gate };
const shipped = { PAY_URL: 'https://pay.example' };

const answering = (status: number) =>
  serve((_request, response) => response.writeHead(status).end('<hello> & "bye"'));

describe('handrail check', () => {
  it.each([
    ['passes with 0', 200, shipped, [], 0],
    ['fails with 1', 503, shipped, [], 1],
    ['fails with 1 for what is about to be shipped', 200, { PAY_URL: 'http://x' }, [], 1],
    ['is inconclusive with 2', null, shipped, [], 2],
    ['lets no data pass when told so', null, shipped, ['--inconclusive', 'warn'], 0],
  ])('%s', async (_what, status, env, args, expected) => {
    await using folder = await temporaryFolder(files);
    await using target = await answering(status ?? 200);
    // An address that the settings do not list is no evidence about anybody.
    const url = status === null ? 'http://127.0.0.2:9' : target.url;

    const { code, stderr } = await handrail(['check', 'gate', '--input', `url=${url}`, ...args], {
      cwd: folder.path,
      env,
    });

    expect({ code, stderr }).toEqual({ code: expected, stderr: '' });
  });

  it('writes several formats of one check', async () => {
    await using folder = await temporaryFolder(files);
    await using target = await answering(503);
    const outputs = ['junit=report.xml', 'github=notes.txt', 'text=report.txt'];

    const { stdout } = await handrail(
      [
        'check',
        'gate',
        '--input',
        `url=${target.url}`,
        '--format',
        'json',
        ...outputs.flatMap((one) => ['--output', one]),
      ],
      { cwd: folder.path, env: shipped },
    );

    const written = (name: string) => readFile(path.join(folder.path, name), 'utf8');
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      runbook: 'gate',
      verdict: 'fail',
      startedAt: expect.any(String),
      duration: expect.any(Number),
      steps: [
        { id: 'env', verdict: 'pass' },
        {
          id: 'up',
          title: 'Up',
          uses: 'check.http',
          status: 'succeeded',
          verdict: 'fail',
          duration: expect.any(Number),
          summary: 'answered 503, expected 200',
          outputs: {},
          evidence: { result: { status: 503 } },
        },
      ],
    });
    expect(xmlTree(await written('report.xml')).attributes).toMatchObject({
      tests: '2',
      failures: '1',
    });
    expect(await written('notes.txt')).toMatch(/^::error file=runbooks\/shop\/gate.yaml,line=13,/);
    expect(await written('report.txt')).toContain('Problem found  up');
  });

  it('finds a target that accepts and stays silent, or sends no HTTP, at fault', async () => {
    await using folder = await temporaryFolder(files);
    for (const answer of ['', 'SSH-2.0-OpenSSH\r\n']) {
      const server = createServer((socket) => {
        socket.on('error', () => {});
        socket.write(answer);
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : null;

      const { code, stdout } = await handrail(
        [
          'check',
          'gate',
          '--only',
          'up',
          '--input',
          `url=http://127.0.0.1:${port}`,
          '--format',
          'json',
        ],
        { cwd: folder.path },
      );
      server.close();

      expect(code).toBe(1);
      expect(JSON.parse(stdout).steps[0].evidence.result.error).toMatch(/TIMEOUT|NOT_HTTP/);
    }
  });

  it('checks a file outside of the folder with the settings of the folder', async () => {
    await using folder = await temporaryFolder({
      ...files,
      'elsewhere/mine.yaml': gate.replace('id: gate', 'id: mine'),
    });

    const { code } = await handrail(['check', 'elsewhere/mine.yaml', '--only', 'env'], {
      cwd: folder.path,
      env: shipped,
    });

    expect(code).toBe(0);
  });

  it('takes values for {env: true} and for secrets from a file, which goes before the environment', async () => {
    const seen: (string | undefined)[] = [];
    await using target = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.end(request.headers.authorization);
    });
    await using folder = await temporaryFolder({
      ...files,
      'runbooks/handrail.yaml': settings.replace(
        "api: {type: http, url: 'http://127.0.0.1:9'",
        `api: {type: http, url: '${target.url}'`,
      ),
      'production.env': 'PAY_URL="https://pay.example"\nAPI_TOKEN=s3cr3t-s3cr3t # mine\n',
    });

    const { code, stdout } = await handrail(
      [
        'check',
        'gate',
        '--env-file',
        'production.env',
        '--input',
        'url=/health',
        '--format',
        'json',
      ],
      { cwd: folder.path, env: { PAY_URL: 'http://wrong' } },
    );

    expect(code).toBe(0);
    expect(seen).toEqual(['Bearer s3cr3t-s3cr3t']);
    expect(stdout).not.toContain('s3cr3t-s3cr3t');
  });

  it('names all secrets that are missing, and asks nobody anything', async () => {
    const needs = `${gate}  - {id: list, title: List, uses: deploys.list, fail: has(result.suspect)}\n  - {id: own, title: Own, uses: check.http, with: {url: /health}}\n`;
    await using folder = await temporaryFolder({ ...files, 'runbooks/shop/gate.yaml': needs });

    const all = await handrail(['check', 'gate', '--input', 'url=http://127.0.0.1:9'], {
      cwd: folder.path,
    });
    const some = await handrail(['check', 'gate', '--only', 'env'], {
      cwd: folder.path,
      env: shipped,
    });

    expect(all.code).toBe(3);
    expect(all.stderr).toContain(
      'Set DEPLOY_TOKEN or DEPLOY_TOKEN_FILE in the environment. The connection deploys needs it, for list.',
    );
    expect(all.stderr).toContain(
      'Set API_TOKEN or API_TOKEN_FILE in the environment. The connection api needs it, for own.',
    );
    expect(all.stdout).toBe('');
    expect(some.code).toBe(0);
  });

  it.each([
    [['--input', 'urll=x'], 'gate has no input "urll": did you mean "url"?'],
    [['--input', 'limit=three'], 'inputs of gate: limit: expected a whole number'],
    [['--input', 'tags=a,b'], "--input tags is a list or a map: write it as JSON, not 'a,b'."],
    [['--input', 'tags=[1]'], 'inputs of gate: tags: item 1: expected text'],
    [['--input', 'url'], "--input is written name=value, not 'url'."],
    [['--only', 'upp'], 'There is no step upp: did you mean up?'],
    [['--timeout', '5'], "--timeout is a duration such as 90s or 5m, not '5'."],
    [
      ['--output', 'pdf=x'],
      "--output is written format=file, with text, json, junit, github; not 'pdf=x'.",
    ],
    [['--format', 'sarif'], 'Allowed choices are text, json, junit, github.'],
  ])('refuses %j with 64', async (args, message) => {
    await using folder = await temporaryFolder(files);

    const { code, stdout, stderr } = await handrail(['check', 'gate', ...args], {
      cwd: folder.path,
    });

    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toContain(message);
  });

  it.each([
    ['gat', 'There is no runbook gat below runbooks. Did you mean gate?'],
    ['nowhere/x.yaml', 'There is no file nowhere/x.yaml, neither here nor below runbooks.'],
    ['runbooks/shop/broken.yaml', 'runbooks/shop/broken.yaml:2:1: error unknown-key'],
  ])('could not run %s, with 3', async (asked, message) => {
    await using folder = await temporaryFolder({
      ...files,
      'runbooks/shop/broken.yaml': gate.replace('kind: Runbook', 'colour: red\nkind: Runbook'),
    });

    const { code, stderr } = await handrail(['check', asked], { cwd: folder.path });

    expect(code).toBe(3);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });

  it('reports what is known when its time is over', async () => {
    await using folder = await temporaryFolder(files);
    await using target = await serve(() => {});

    const { code, stdout } = await handrail(
      ['check', 'gate', '--input', `url=${target.url}`, '--timeout', '300ms', '--format', 'json'],
      { cwd: folder.path, env: shipped },
    );

    expect(code).toBe(2);
    expect(JSON.parse(stdout).steps).toMatchObject([
      { id: 'env', verdict: 'pass' },
      { id: 'up', status: 'timedOut', verdict: 'inconclusive' },
    ]);
  });

  it('reports what is known when it is stopped, and ends as a process that a signal ended', async () => {
    const asked = Promise.withResolvers<void>();
    await using folder = await temporaryFolder(files);
    await using target = await serve(() => asked.resolve());
    const bin = fileURLToPath(new URL('../../src/cli/handrail.js', import.meta.url));
    const child = spawn(
      process.execPath,
      [bin, 'check', 'gate', '--input', `url=${target.url}`, '--format', 'json'],
      {
        cwd: folder.path,
        env: { ...shipped, PATH: process.env['PATH'] },
        stdio: ['ignore', 'pipe', 'ignore'],
        signal: AbortSignal.timeout(15_000),
      },
    );
    const ended = once(child, 'close');
    const [stdout] = await Promise.all([
      text(child.stdout),
      asked.promise.then(() => child.kill('SIGINT')),
    ]);

    expect((await ended)[0]).toBe(130);
    expect(JSON.parse(stdout).steps).toMatchObject([{ verdict: 'pass' }, { status: 'cancelled' }]);
  });
});
