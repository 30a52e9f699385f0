import { describe, expect, it } from 'vitest';

import { createGitHub } from '#adapters/github/github.ts';
import { createSecrets } from '#adapters/secrets/secrets.ts';
import { sha256 } from '#adapters/store/event-store.ts';
import { checkPullRequest } from '#app/pull-request/check-pull-request.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import { createExamine } from '#src/examine-files.ts';
import { gate } from '#test/adapters/outbound/gate.ts';
import { silent } from '#test/support/database.ts';
import { type GitHubApi, serveGitHub } from '#test/support/github/github-api.ts';
import { settings as plainSettings } from '#test/support/runbooks.ts';

const settingsText = `
apiVersion: handrail/v1
kind: Settings
services: {checkout: {owner: payments, environments: [production]}}
groups: {payments: {users: [U0ANA]}}
outbound: {allow: [checkout.example.com]}
`;

const runbookText = (given: { title?: string; confirm?: string } = {}) => `
apiVersion: handrail/v1
kind: Runbook
id: slow
title: ${given.title ?? 'Checkout is slow'}
service: checkout
owner: payments
steps:
  - {id: look, title: Look, uses: manual, with: {instructions: Look, confirm: ${given.confirm ?? 'Done'}}, next: {done: end}}
`;

const probing = (id: string, host: string) => `
apiVersion: handrail/v1
kind: Runbook
id: ${id}
title: Does it answer
service: checkout
owner: payments
steps:
  - {id: probe, title: Probe, uses: check.http, with: {url: 'https://${host}/'}, next: {pass: end}}
`;

const testText = (path = '[look]') => `
apiVersion: handrail/v1
kind: RunbookTest
runbook: slow
cases:
  - name: somebody looks
    people: [{step: look, user: ana, done: true}]
    expect: {status: succeeded, path: ${path}}
`;

const base = {
  'runbooks/handrail.yaml': settingsText,
  'runbooks/slow.yaml': runbookText(),
  'runbooks/slow.test.yaml': testText(),
  'src/main.ts': '',
};

const settings = (api: GitHubApi): Settings => ({
  ...plainSettings,
  connections: {
    github: {
      type: 'github',
      url: api.url,
      drill: false,
      options: { token: '${{ secrets.TOKEN }}', repository: 'acme/runbooks' },
    },
  },
  runbooks: { connection: null, repository: null, branch: null, path: 'runbooks' },
});

/** A pull request that changes files of `main`, and what it takes to have it checked. */
async function withPullRequest(
  api: GitHubApi,
  changes: Readonly<Record<string, string | null>>,
  given: { author_association?: string; elsewhere?: boolean; before?: object } = {},
) {
  api.repository.commit('main', { ...base, ...given.before });
  api.repository.commit('topic', changes, { from: 'main' });
  const pull = api.talk.pull('topic', {
    ...(given.author_association !== undefined && {
      author_association: given.author_association,
    }),
  });
  if (given.elsewhere === true) pull.head.repo.full_name = 'mallory/runbooks';
  const check = checkPullRequest({
    code: createGitHub({
      outbound: gate({ allow: ['127.0.0.1'] }),
      secrets: createSecrets({ env: { TOKEN: 't0ken-t0ken' } }),
      connections: () => settings(api).connections,
      pace: 'hurried',
    }),
    runbooks: { settings: () => settings(api) },
    examine: createExamine({ folder: 'nowhere' }),
    log: silent,
    sha256,
  });
  const payload = { repository: 'Acme/Runbooks', number: pull.number };
  return { pull, check: () => check(payload, AbortSignal.timeout(20_000)) };
}

describe('a pull request that changes a runbook', () => {
  it('gets a check that passes, and a comment with what changes and how it looks', async () => {
    await using api = await serveGitHub();
    const changes = { 'runbooks/slow.yaml': runbookText({ title: 'Checkout is very slow' }) };
    const { check } = await withPullRequest(api, changes);

    await check();

    expect(api.talk.checks).toMatchObject([
      { status: 'completed', conclusion: 'success', annotations: [] },
    ]);
    const [comment] = api.talk.comments;
    expect(comment?.body).toContain('### ✅ Runbooks: 1 test passed');
    expect(comment?.body).toContain('“Checkout is slow”');
    expect(comment?.body).toContain('“Checkout is very slow”');
    expect(comment?.body).toContain('```mermaid\nflowchart TD');
  });

  it('gets a failure with each finding and each failed test at its place', async () => {
    await using api = await serveGitHub();
    const { check } = await withPullRequest(api, {
      'runbooks/slow.test.yaml': testText('[look, look]'),
      'runbooks/broken.yaml': runbookText({ confirm: 'x'.repeat(30) }).replace('id: slow', 'id: b'),
    });

    await check();

    const [run] = api.talk.checks;
    expect(run).toMatchObject({ conclusion: 'failure' });
    expect(run?.annotations).toContainEqual(
      expect.objectContaining({
        path: 'runbooks/broken.yaml',
        title: 'label-too-long',
        annotation_level: 'failure',
        start_line: 9,
        end_line: 9,
      }),
    );
    expect(run?.annotations).toContainEqual(
      expect.objectContaining({ path: 'runbooks/slow.test.yaml', title: 'somebody looks' }),
    );
    const [comment] = api.talk.comments;
    expect(comment?.body).toContain('❌ `runbooks/broken.yaml:9:');
    expect(comment?.body).toContain('1 of 1 test failed');
  });

  it('keeps one comment and one check a commit, whatever happens twice', async () => {
    await using api = await serveGitHub();
    const { check } = await withPullRequest(api, {
      'runbooks/slow.yaml': runbookText({ title: 'A' }),
    });

    await check();
    await check();
    expect([api.talk.comments.length, api.talk.checks.length]).toEqual([1, 1]);

    api.repository.commit('topic', { 'runbooks/slow.yaml': runbookText({ title: 'B' }) });
    await check();
    expect([api.talk.comments.length, api.talk.checks.length]).toEqual([1, 2]);
    expect(api.talk.comments[0]?.body).toContain('“B”');
  });

  it('is told of what it breaks elsewhere, and not of what was wrong before', async () => {
    await using api = await serveGitHub();
    const before = {
      'runbooks/other.yaml': probing('other', 'checkout.example.com'),
      'runbooks/old.yaml': probing('old', 'else.example.com'),
    };
    const changes = {
      'runbooks/handrail.yaml': settingsText.replace('[checkout.example.com]', '[]'),
    };
    const { check } = await withPullRequest(api, changes, { before });

    await check();

    const titles = api.talk.checks[0]?.annotations;
    expect(titles).toContainEqual(
      expect.objectContaining({ path: 'runbooks/other.yaml', title: 'host-not-allowed' }),
    );
    expect(titles).not.toContainEqual(expect.objectContaining({ path: 'runbooks/old.yaml' }));
  });

  it('says of a file that it breaks that it is broken, not that its runbook is gone', async () => {
    await using api = await serveGitHub();
    const { check } = await withPullRequest(api, { 'runbooks/slow.yaml': 'id: [' });
    await check();
    expect(api.talk.comments[0]?.body).toContain(
      "`runbooks/slow.yaml` can't be read as it is now.",
    );
  });

  it('of a stranger is not played in here', async () => {
    await using api = await serveGitHub();
    const changes = { 'runbooks/slow.yaml': runbookText({ title: 'A' }) };
    const { check } = await withPullRequest(api, changes, {
      author_association: 'CONTRIBUTOR',
      elsewhere: true,
    });

    await check();

    expect(api.talk.checks).toMatchObject([{ conclusion: 'neutral' }]);
    expect(api.talk.comments).toEqual([]);
  });

  it('gets its comment also where only an App could write a check', async () => {
    await using api = await serveGitHub();
    api.talk.refuseChecks();
    const { check } = await withPullRequest(api, {
      'runbooks/slow.yaml': runbookText({ title: 'A' }),
    });
    await check();
    expect(api.talk.comments).toHaveLength(1);
  });

  it('mentions nobody, whatever it is called', async () => {
    await using api = await serveGitHub();
    const title = "'@everyone <img src=x> [x](https://evil.example)'";
    const { check } = await withPullRequest(api, { 'runbooks/slow.yaml': runbookText({ title }) });
    await check();
    const body = api.talk.comments[0]?.body ?? '';
    expect(body).not.toMatch(/@everyone|(?<!\\)<img|(?<!\\)\]\(/);
  });
});

describe('a pull request that has nothing to do with runbooks', () => {
  it('is left alone', async () => {
    await using api = await serveGitHub();
    const { check } = await withPullRequest(api, {
      'src/main.ts': 'new',
      'runbooks/README.md': '',
    });
    await check();
    expect([api.talk.comments, api.talk.checks]).toEqual([[], []]);
  });

  it('or is closed by now, is left alone', async () => {
    await using api = await serveGitHub();
    const { check, pull } = await withPullRequest(api, { 'runbooks/slow.yaml': null });
    pull.state = 'closed';
    await check();
    expect([api.talk.comments, api.talk.checks]).toEqual([[], []]);
  });
});
