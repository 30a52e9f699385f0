import { createHash } from 'node:crypto';

import { Hono } from 'hono';

import type { FakeRepository } from './repository.ts';

/** Branches, trees, files and comparisons. */
export function contentRoutes(repository: FakeRepository): Hono {
  const routes = new Hono();

  routes.get('/', (context) =>
    context.json({ full_name: 'acme/runbooks', default_branch: 'main', private: true }),
  );
  routes.get('/git/ref/:ref', (context) => {
    const ref = context.req.param('ref');
    const sha = repository.branches.get(ref.replace('heads/', ''));
    if (sha === undefined) return absent();
    const etag = `W/"${createHash('sha256').update(sha).digest('hex')}"`;
    if (context.req.header('if-none-match') === etag) return new Response(null, { status: 304 });
    const object = { type: 'commit', sha, url: 'https://api.github.example/commit' };
    return context.json({ ref: `refs/${ref}`, object }, 200, {
      etag,
    });
  });
  routes.post('/git/refs', async (context) => {
    const { ref, sha } = await context.req.json<{ ref: string; sha: string }>();
    const branch = ref.replace('refs/heads/', '');
    if (repository.branches.has(branch)) {
      return context.json({ message: 'Reference already exists' }, 422);
    }
    repository.branches.set(branch, sha);
    return context.json({ ref, object: { type: 'commit', sha } }, 201);
  });
  routes.get('/git/trees/:id', (context) => {
    const recursive = context.req.query('recursive') !== undefined;
    const id = context.req.param('id');
    const tree = repository.tree(id, recursive);
    return tree === null ? absent() : context.json({ sha: id, tree, truncated: false });
  });
  routes.get('/git/blobs/:id', (context) => {
    const sha = context.req.param('id');
    const text = repository.blob(sha);
    if (text === null) return absent();
    const content = Buffer.from(text).toString('base64').replaceAll(/.{60}/g, '$&\n');
    return context.json({ sha, size: Buffer.byteLength(text), encoding: 'base64', content });
  });
  routes.get('/contents/:path{.+}', (context) => {
    const path = context.req.param('path');
    const text = repository.commitOf(context.req.query('ref') ?? 'main')?.files[path];
    if (text === undefined) return absent();
    const content = Buffer.from(text).toString('base64');
    return context.json({ type: 'file', path, encoding: 'base64', content });
  });
  routes.put('/contents/:path{.+}', async (context) => {
    const path = context.req.param('path');
    const { branch, content, message, sha } = await context.req.json<Record<string, string>>();
    if (branch === undefined || content === undefined) return absent();
    if (repository.commitOf(branch)?.files[path] !== undefined && sha === undefined) {
      return context.json({ message: '"sha" wasn\'t supplied.' }, 422);
    }
    const text = Buffer.from(content, 'base64').toString('utf8');
    const commit = repository.commit(branch, { [path]: text }, { message: message ?? '' });
    return context.json({ content: { path }, commit: { sha: commit } }, 201);
  });
  routes.get('/compare/:range', (context) => {
    const [from = '', to = ''] = context.req.param('range').split('...');
    const found = repository.compare(from, to);
    if (found === null) return absent();
    const size = Number(context.req.query('per_page') ?? 250);
    const page = Number(context.req.query('page') ?? 1);
    return context.json({
      status: found.status,
      total_commits: found.commits.length,
      merge_base_commit: { sha: found.mergeBase.sha },
      commits: found.commits.slice((page - 1) * size, page * size).map(({ sha, message }) => ({
        sha,
        html_url: `https://github.example/acme/runbooks/commit/${sha}`,
        commit: { message, author: { name: 'Dora', date: '2026-11-22T09:00:00Z' } },
        author: { login: 'dora' },
      })),
      // GitHub gives the files on the first page only, and 300 at most.
      ...(page === 1 && {
        files: found.files.slice(0, 300).map((filename) => ({ filename, status: 'modified' })),
      }),
    });
  });
  return routes;
}

function absent(): Response {
  return Response.json({ message: 'Not Found' }, { status: 404 });
}
