import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { readInputs } from '#src/action/action-inputs.ts';
import { serveGitHub } from '#test/support/github/github-api.ts';

const folder = '.github/actions/handrail-check';
const bundle = path.resolve(folder, 'index.js');
const root = await mkdtemp(path.join(tmpdir(), 'handrail-action-test-'));

beforeAll(() => cp('runbooks', path.join(root, 'runbooks'), { recursive: true }));
afterAll(() => rm(root, { recursive: true }));

/** The bundle as a runner starts it: in the repository's folder, with nothing else of ours there. */
async function act(env: Readonly<Record<string, string>> = {}) {
  const summary = path.join(root, 'summary.md');
  await rm(summary, { force: true });
  const child = spawn(process.execPath, [bundle], {
    cwd: root,
    env: { PATH: process.env['PATH'], GITHUB_STEP_SUMMARY: summary, ...env },
    timeout: 60_000,
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  const [stdout, stderr, exitCode] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    ended,
  ]);
  return { exitCode, stdout, stderr, summary: await readFile(summary, 'utf8').catch(() => '') };
}

describe('the GitHub Action', () => {
  it('is built from the sources as they are; if not: npm run bundle', async () => {
    const file = path.join(root, 'index.js');
    const child = spawn(process.execPath, ['src/action/bundle.ts', file], { stdio: 'inherit' });
    await new Promise((resolve) => {
      child.on('close', resolve);
    });

    expect((await readFile(file)).equals(await readFile(bundle))).toBe(true);
  });

  it('offers the inputs that it reads, with the same defaults', async () => {
    const action = z
      .object({ inputs: z.record(z.string(), z.object({ default: z.coerce.string() })) })
      .parse(load(await readFile(path.join(folder, 'action.yml'), 'utf8')));
    const asked = new Set<string>();
    const env = new Proxy<Record<string, string>>(
      {},
      { get: (_target, name) => void asked.add(String(name)) },
    );
    const bare = readInputs(env);

    const offered = Object.keys(action.inputs).map((name) => `INPUT_${name.toUpperCase()}`);
    expect([...asked].toSorted((a, b) => a.localeCompare(b))).toEqual(
      offered.toSorted((a, b) => a.localeCompare(b)),
    );
    const defaults = Object.entries(action.inputs).map(([name, input]) => [
      `INPUT_${name.toUpperCase()}`,
      input.default,
    ]);
    expect(readInputs(Object.fromEntries(defaults))).toEqual({
      ...bare,
      comment: true,
      token: '${{ github.token }}',
    });
  });

  it('passes sound runbooks, and says so in the summary', async () => {
    const { exitCode, summary } = await act();

    expect(exitCode).toBe(0);
    expect(summary).toContain('| Lint | ✅ OK |\n| Tests | ✅ OK |');
  });

  it('marks every line that is wrong, and goes on to the last part', async () => {
    const runbook = path.join(root, 'runbooks/checkout/smoke.yaml');
    const sound = await readFile(runbook, 'utf8');
    await writeFile(runbook, sound.replace('expect: {status: 201', 'expect: {statuss: 201'));
    const { exitCode, stdout, summary } = await act({ INPUT_CHECK: 'checkout-smoke\nnone' });
    await writeFile(runbook, sound);

    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/::error file=runbooks\/checkout\/smoke\.yaml,line=\d+,/);
    expect(summary).toContain('| Lint | ❌ Problem found |');
    expect(summary).toContain('| Check none | ❌ Could not run |');
  });

  it('refuses an input that is no such thing in one sentence', async () => {
    expect(await act({ INPUT_STRICT: 'perhaps' })).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('The input strict is true or false, not "perhaps".'),
    });
  });

  it('says in one comment, edited in place, what a pull request changes', async () => {
    await using api = await serveGitHub();
    const names = ['handrail.yaml', 'checkout/smoke.yaml', 'checkout/smoke.test.yaml'];
    const files = await Promise.all(
      names.map(async (name) => [
        `runbooks/${name}`,
        await readFile(path.join(root, 'runbooks', name), 'utf8'),
      ]),
    );
    api.repository.commit('main', Object.fromEntries(files));
    const smoke = String(Object.fromEntries(files)['runbooks/checkout/smoke.yaml']);
    const renamed = smoke.replace('title: Buy something', 'title: Buy a mug');
    api.repository.commit('topic', { 'runbooks/checkout/smoke.yaml': renamed }, { from: 'main' });
    const { number } = api.talk.pull('topic');
    const event = path.join(root, 'event.json');
    await writeFile(event, JSON.stringify({ pull_request: { number } }));
    const env = {
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: event,
      GITHUB_API_URL: api.url,
      GITHUB_REPOSITORY: 'acme/runbooks',
      INPUT_COMMENT: 'true',
      INPUT_TOKEN: 'ghs_job',
    };

    expect(await act(env)).toMatchObject({ exitCode: 0, stderr: expect.any(String) });
    expect(await act(env)).toMatchObject({ exitCode: 0 });

    expect(api.talk.comments).toHaveLength(1);
    expect(api.talk.comments[0]?.body).toMatch(/Buy something.*Buy a mug/s);
    expect(api.talk.comments[0]?.body).toContain('```mermaid');
  });
});
