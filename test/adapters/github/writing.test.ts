import { describe, expect, it } from 'vitest';

import type { Annotation, CheckReport } from '#ports/code-host.ts';
import { serveGitHub } from '#test/support/github/github-api.ts';

import { connected, repository, soon } from './connected.ts';

const annotations = (count: number): Annotation[] =>
  Array.from({ length: count }, (_, index) => ({
    path: 'runbooks/a.yaml',
    startLine: index + 1,
    endLine: index + 1,
    columns: { start: 1, end: 2 },
    level: 'failure',
    title: 'bad-value',
    message: `problem ${index}`,
  }));

const report = (given: Partial<CheckReport> = {}): CheckReport => ({
  commit: 'c0ffee',
  name: 'Handrail',
  key: 'c0ffee.1',
  conclusion: 'failure',
  title: '2 problems',
  summary: 'Two.',
  annotations: [],
  ...given,
});

describe('a check', () => {
  it('is written once, however often it is reported', async () => {
    await using api = await serveGitHub();
    const github = connected(api);

    for (let times = 0; times < 2; times += 1) {
      expect(await github.reportCheck(repository, report(), soon())).toBe(true);
    }

    expect(api.talk.checks).toMatchObject([
      { head_sha: 'c0ffee', status: 'completed', conclusion: 'failure', requests: 1 },
    ]);
  });

  it.each([0, 1, 50, 51, 100, 120])('with %d annotations has each of them once', async (count) => {
    await using api = await serveGitHub();

    const given = report({ annotations: annotations(count) });
    await connected(api).reportCheck(repository, given, soon());

    const [check] = api.talk.checks;
    expect(check?.annotations).toHaveLength(count);
    expect(check).toMatchObject({ status: 'completed', conclusion: 'failure' });
  });

  it.each([
    ['the first answer', 'POST /repos/acme/runbooks/check-runs', 0],
    ['a later answer', 'PATCH /repos/acme/runbooks/check-runs', 1],
  ])('goes on where it was when %s is lost', async (_which, request, failures) => {
    await using api = await serveGitHub();
    const github = connected(api);
    const given = report({ annotations: annotations(130) });
    api.next(request, 'lost');

    let failed = 0;
    for (let times = 0; times < 2; times += 1) {
      await github.reportCheck(repository, given, soon()).catch(() => (failed += 1));
    }

    expect(failed).toBe(failures);
    expect(api.talk.checks).toHaveLength(1);
    expect(api.talk.checks[0]?.annotations).toHaveLength(130);
    expect(api.talk.checks[0]).toMatchObject({ status: 'completed' });
  });

  it('is left out where only an App may write it', async () => {
    await using api = await serveGitHub();
    api.talk.refuseChecks();
    expect(await connected(api).reportCheck(repository, report(), soon())).toBe(false);
  });
});

describe('a comment', () => {
  const marker = '<!-- handrail:runbooks -->';
  const comment = (text: string) => ({ number: 1, marker, text });

  it('is one, edited in place', async () => {
    await using api = await serveGitHub();
    const github = connected(api);

    for (const text of ['first', 'second', 'second']) {
      await github.putComment(repository, comment(text), soon());
    }

    expect(api.talk.comments.map(({ body }) => body)).toEqual([`${marker}\nsecond`]);
    expect(api.count('PATCH')).toBe(1);
  });

  it('whose answer is lost is found, not repeated', async () => {
    await using api = await serveGitHub();
    api.next('POST', 'lost');

    await connected(api).putComment(repository, comment('text'), soon());

    expect(api.talk.comments).toHaveLength(1);
    expect(api.count('POST')).toBe(1);
  });

  it('is found behind many others, and is never that of somebody who copied the marker', async () => {
    await using api = await serveGitHub();
    const github = connected(api);
    for (let id = 1_000; id < 1_120; id += 1) {
      const body = id === 1_001 ? `${marker}\ncopied` : 'a remark';
      api.talk.comments.push({ id, issue: 1, body, user: { login: 'mallory' } });
    }

    await github.putComment(repository, comment('first'), soon());
    await github.putComment(repository, comment('second'), soon());

    const ours = api.talk.comments.filter(({ user }) => user.login === 'handrail-bot');
    expect(ours).toMatchObject([{ body: `${marker}\nsecond` }]);
    expect(api.talk.comments).toHaveLength(121);
  });

  it('that is too long is cut', async () => {
    await using api = await serveGitHub();
    await connected(api).putComment(repository, comment('x'.repeat(70_000)), soon());
    expect(api.talk.comments[0]?.body.length).toBeLessThan(65_536);
  });
});

describe('a proposed file', () => {
  const proposal = {
    branch: 'handrail/postmortem-inc-1',
    path: 'postmortems/inc-1.md',
    text: '# Post-mortem: ö\n',
    title: 'Post-mortem of inc-1',
    body: 'From the record.',
  };

  it('is a pull request of its own branch, and the same one the next time', async () => {
    await using api = await serveGitHub();
    api.repository.commit('main', { 'README.md': '' });
    const github = connected(api);

    const first = await github.proposeFile(repository, proposal, soon());
    const again = await github.proposeFile(repository, { ...proposal, text: 'other' }, soon());

    expect(again).toEqual(first);
    expect(api.talk.pulls).toHaveLength(1);
    const files = api.repository.commitOf(proposal.branch)?.files;
    expect(files).toEqual({ 'README.md': '', 'postmortems/inc-1.md': '# Post-mortem: ö\n' });
  });

  it.each(['POST /repos/acme/runbooks/git/refs', 'PUT', 'POST /repos/acme/runbooks/pulls'])(
    'is proposed once when the answer to %s is lost',
    async (request) => {
      await using api = await serveGitHub();
      api.repository.commit('main', { 'README.md': '' });
      api.next(request, 'lost');

      const made = await connected(api).proposeFile(repository, proposal, soon());

      expect(api.talk.pulls).toMatchObject([{ number: made.number, title: proposal.title }]);
      expect(api.count(request)).toBe(1);
    },
  );
});

describe('an issue', () => {
  const issue = {
    marker: '<!-- handrail:follow-up inc-1 a -->',
    title: 'Check the configuration in CI',
    body: 'Of inc-1.',
    since: '2026-11-22T09:00:00Z',
  };

  it('is opened once, also when its answer is lost', async () => {
    await using api = await serveGitHub();
    const github = connected(api);
    api.next('POST', 'lost');

    const first = await github.openIssue(repository, issue, soon());
    const again = await github.openIssue(repository, issue, soon());

    expect(again).toEqual(first);
    expect(api.talk.issues).toMatchObject([{ title: issue.title }]);
  });

  it('is not repeated by itself after a fault of the server that left nothing', async () => {
    await using api = await serveGitHub();
    api.next('POST', { status: 502 });

    const opened = connected(api).openIssue(repository, issue, soon());

    await expect(opened).rejects.toMatchObject({ code: 'github.unknown', retry: true });
    expect(api.count('POST')).toBe(1);
  });
});
