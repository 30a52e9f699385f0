import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';

import { serve } from '#test/support/serve.ts';

import { contentRoutes } from './content.ts';
import { createRepository } from './repository.ts';
import { createTalk } from './talk.ts';

/** What a request meets, once. `lost`: it is done, and nobody hears of it. */
type Fault = 'lost' | { status: number; message?: string; headers?: Record<string, string> };

export type GitHubApi = Awaited<ReturnType<typeof serveGitHub>>;

/** Who signs with which credentials. The token of an Actions job may not ask who it is. */
const logins: Readonly<Record<string, string>> = {
  'token t0ken-t0ken': 'handrail-bot',
  'token ghs_installation': 'handrail[bot]',
  'token ghs_job': 'github-actions[bot]',
};

/**
 * As much of GitHub's REST API as is used here, in the shapes of its OpenAPI description: one
 * repository `acme/runbooks`, a token that belongs to `handrail-bot`, and an App `handrail`.
 */
export async function serveGitHub() {
  const repository = createRepository();
  const talk = createTalk(repository);
  const requests: string[] = [];
  const faults: { on: string; fault: Fault }[] = [];

  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(async (context, next) => {
    const line = `${context.req.method} ${decodeURIComponent(context.req.path)}`;
    requests.push(line);
    const index = faults.findIndex(({ on }) => line.startsWith(on));
    const fault = index === -1 ? null : (faults.splice(index, 1)[0]?.fault ?? null);
    if (fault !== null && fault !== 'lost') {
      const { status, message = 'no', headers = {} } = fault;
      return Response.json({ message }, { status, headers });
    }
    const authorization = context.req.header('authorization') ?? '';
    const login = logins[authorization];
    if (login === undefined && !authorization.startsWith('bearer ey')) {
      return Response.json({ message: 'Bad credentials' }, { status: 401 });
    }
    talk.author(login ?? 'handrail[bot]');
    await next();
    if (fault === 'lost') context.env.outgoing.destroy();
    return undefined;
  });
  app.get('/user', (context) =>
    context.req.header('authorization') === 'token ghs_job'
      ? context.json({ message: 'Resource not accessible by integration' }, 403)
      : context.json({ login: 'handrail-bot', id: 7 }),
  );
  app.get('/app', (context) => context.json({ slug: 'handrail', id: 42, name: 'Handrail' }));
  app.post('/app/installations/:id/access_tokens', (context) =>
    context.json(
      { token: 'ghs_installation', expires_at: '2099-01-01T00:00:00Z', permissions: {} },
      201,
    ),
  );
  app.route('/repos/acme/runbooks', contentRoutes(repository));
  app.route('/repos/acme/runbooks', talk.routes);
  app.notFound((context) => context.json({ message: 'Not Found' }, 404));

  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = await serve((request, response) => void listener(request, response));
  return Object.assign(server, {
    repository,
    talk,
    requests,
    /** The next request that begins so (`POST /repos`) meets this. */
    next(on: string, fault: Fault) {
      faults.push({ on, fault });
    },
    /** How many requests began so. */
    count: (start: string) => requests.filter((line) => line.startsWith(start)).length,
  });
}
