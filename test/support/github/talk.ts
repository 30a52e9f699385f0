import { Hono } from 'hono';

import type { FakeRepository } from './repository.ts';

type Texts = { id: number; body: string; user: { login: string } };
type Issue = Texts & { number: number; title: string; html_url: string; state: string };
type Pull = Issue & {
  head: { ref: string; sha: string; repo: { full_name: string } };
  base: { ref: string; sha: string; repo: { full_name: string } };
  author_association: string;
  merge_commit: string | null;
};
type CheckRun = {
  id: number;
  name: string;
  head_sha: string;
  external_id: string;
  status: string;
  conclusion: string | null;
  output: { title: string; summary: string; annotations_count: number };
  /** Not in GitHub's answers: all that was sent. */
  annotations: object[];
  requests: number;
};

/** Pull requests, comments, issues and checks. */
export function createTalk(repository: FakeRepository) {
  const comments: (Texts & { issue: number })[] = [];
  const issues: Issue[] = [];
  const pulls: Pull[] = [];
  const checks: CheckRun[] = [];
  let ids = 0;
  let login = '';
  let mayCheck = true;

  const next = () => (ids += 1);

  function pull(head: string, given: Partial<Pull> & { base?: Pull['base'] } = {}): Pull {
    const number = next();
    const made: Pull = {
      id: number,
      number,
      title: 'Change a runbook',
      body: '',
      state: 'open',
      html_url: address('pull', number),
      user: { login: 'ana' },
      head: {
        ref: head,
        sha: repository.branches.get(head) ?? '',
        repo: { full_name: 'acme/runbooks' },
      },
      base: {
        ref: 'main',
        sha: repository.branches.get('main') ?? '',
        repo: { full_name: 'acme/runbooks' },
      },
      author_association: 'MEMBER',
      merge_commit: null,
      ...given,
    };
    pulls.push(made);
    return made;
  }

  const routes = new Hono();
  routes.get('/pulls', (context) => {
    const [, head = ''] = (context.req.query('head') ?? '').split(':');
    return context.json(pulls.filter((each) => each.head.ref === head));
  });
  routes.post('/pulls', async (context) => {
    const { head = '', title = '', body = '' } = await context.req.json<Record<string, string>>();
    if (pulls.some((each) => each.head.ref === head)) {
      return context.json({ message: `A pull request already exists for acme:${head}.` }, 422);
    }
    return context.json(pull(head, { title, body, user: { login } }), 201);
  });
  routes.get('/pulls/:number', (context) => {
    const found = pulls.find((each) => each.number === Number(context.req.param('number')));
    if (found === undefined) return absent();
    const sha = repository.branches.get(found.head.ref) ?? found.head.sha;
    return context.json({ ...found, head: { ...found.head, sha } });
  });
  routes.get('/commits/:sha/pulls', (context) =>
    context.json(pulls.filter((each) => each.merge_commit === context.req.param('sha'))),
  );
  routes.get('/issues/:number/comments', (context) => {
    const size = Number(context.req.query('per_page') ?? 30);
    const page = Number(context.req.query('page') ?? 1);
    const number = Number(context.req.param('number'));
    const all = comments.filter((each) => each.issue === number);
    const more = all.length > page * size;
    const link = `<${new URL(context.req.url).origin}${context.req.path}?per_page=${size}&page=${page + 1}>; rel="next"`;
    return context.json(
      all.slice((page - 1) * size, page * size),
      200,
      more ? { link } : undefined,
    );
  });
  routes.post('/issues/:number/comments', async (context) => {
    const { body = '' } = await context.req.json<Record<string, string>>();
    const comment = {
      id: next(),
      issue: Number(context.req.param('number')),
      body,
      user: { login },
    };
    comments.push(comment);
    return context.json(comment, 201);
  });
  routes.patch('/issues/comments/:id', async (context) => {
    const { body = '' } = await context.req.json<Record<string, string>>();
    const comment = comments.find((each) => each.id === Number(context.req.param('id')));
    if (comment === undefined) return absent();
    comment.body = body;
    return context.json(comment);
  });
  routes.get('/issues', (context) => context.json(issues));
  routes.post('/issues', async (context) => {
    const { title = '', body = '' } = await context.req.json<Record<string, string>>();
    const number = next();
    const html_url = address('issues', number);
    const issue = { id: number, number, title, body, html_url, state: 'open', user: { login } };
    issues.push(issue);
    return context.json(issue, 201);
  });
  routes.get('/commits/:sha/check-runs', (context) => {
    const found = checks.filter((each) => each.head_sha === context.req.param('sha'));
    return context.json({ total_count: found.length, check_runs: found });
  });
  routes.post('/check-runs', async (context) => {
    if (!mayCheck) {
      return context.json({ message: 'You must authenticate via a GitHub App.' }, 403);
    }
    const run: CheckRun = {
      id: next(),
      name: '',
      head_sha: '',
      external_id: '',
      status: 'queued',
      conclusion: null,
      output: { title: '', summary: '', annotations_count: 0 },
      annotations: [],
      requests: 0,
    };
    const problem = write(run, await context.req.json());
    if (problem !== null) return context.json({ message: problem }, 422);
    checks.push(run);
    return context.json(run, 201);
  });
  routes.patch('/check-runs/:id', async (context) => {
    const run = checks.find((each) => each.id === Number(context.req.param('id')));
    if (run === undefined) return absent();
    const problem = write(run, await context.req.json());
    return problem === null ? context.json(run) : context.json({ message: problem }, 422);
  });

  return {
    routes,
    comments,
    issues,
    pulls,
    checks,
    pull,
    author(name: string) {
      login = name;
    },
    /** As for a token: only Apps may write checks. */
    refuseChecks() {
      mayCheck = false;
    },
  };
}

type Sent = Partial<CheckRun> & {
  output?: { title: string; summary: string; annotations?: object[] };
};

function write(run: CheckRun, { output, ...rest }: Sent): string | null {
  const added = output?.annotations ?? [];
  if (added.length > 50) return 'Only 50 annotations are allowed per request.';
  Object.assign(run, rest);
  run.annotations.push(...added);
  run.requests += 1;
  const { title = run.output.title, summary = run.output.summary } = output ?? {};
  run.output = { title, summary, annotations_count: run.annotations.length };
  return null;
}

function address(kind: string, number: number): string {
  return `https://github.example/acme/runbooks/${kind}/${number}`;
}

function absent(): Response {
  return Response.json({ message: 'Not Found' }, { status: 404 });
}
