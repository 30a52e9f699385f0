import { createHmac } from 'node:crypto';

import { request } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';

import { githubRoutes } from '#adapters/web/github.ts';
import { createWeb, type Web } from '#adapters/web/web.ts';
import type { CodeEvent } from '#app/receive-code-event.ts';
import { silent } from '#test/support/database.ts';

const sha = 'a'.repeat(40);
const repository = { full_name: 'acme/runbooks' };
const opened = {
  action: 'opened',
  number: 7,
  pull_request: { head: { sha }, title: 'any' },
  repository,
};

const open: Web[] = [];
afterEach(async () => {
  for (const web of open.splice(0)) await web.close(0);
});

async function start(given: Partial<Parameters<typeof githubRoutes>[0]> = {}) {
  const received: CodeEvent[] = [];
  const web = await createWeb({
    port: 0,
    log: silent,
    databaseAnswers: async () => true,
    routes: [
      githubRoutes({
        secrets: ['new secret', 'old secret'],
        receive: async (event) => {
          received.push(event);
        },
        log: silent,
        ...given,
      }),
    ],
  });
  open.push(web);
  return { received, web };
}

async function deliver(
  web: Web,
  event: string,
  payload: object | string,
  given: { secret?: string; signature?: string | null; type?: string } = {},
) {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const { secret = 'new secret', type = 'application/json' } = given;
  const { signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` } = given;
  const answer = await request(`${web.url}/webhooks/github`, {
    method: 'POST',
    body,
    headers: {
      'content-type': type,
      'x-github-event': event,
      ...(signature !== null && { 'x-hub-signature-256': signature }),
    },
  });
  return { status: answer.statusCode, body: await answer.body.text() };
}

describe('the webhook of GitHub', () => {
  it.each(['opened', 'synchronize', 'reopened'])('hands on a pull request %s', async (action) => {
    const { web, received } = await start();

    expect(await deliver(web, 'pull_request', { ...opened, action })).toMatchObject({
      status: 202,
    });

    expect(received).toEqual([
      { kind: 'pullRequest', repository: 'acme/runbooks', number: 7, head: sha },
    ]);
  });

  it('hands on a push to a branch', async () => {
    const { web, received } = await start();

    await deliver(web, 'push', { ref: 'refs/heads/feature/a', repository });
    await deliver(web, 'push', { ref: 'refs/tags/v1', repository });

    expect(received).toEqual([{ kind: 'push', repository: 'acme/runbooks', branch: 'feature/a' }]);
  });

  it('passes over what is of no interest', async () => {
    const { web, received } = await start();
    for (const [event, payload] of [
      ['ping', { zen: 'Keep it logically awesome.' }],
      ['pull_request', { ...opened, action: 'labeled' }],
      ['star', {}],
    ] as const) {
      expect((await deliver(web, event, payload)).status).toBe(200);
    }
    expect(received).toEqual([]);
  });

  it('takes either of two secrets, while one replaces the other', async () => {
    const { web, received } = await start();
    for (const secret of ['new secret', 'old secret']) {
      expect((await deliver(web, 'pull_request', opened, { secret })).status).toBe(202);
    }
    expect(received).toHaveLength(2);
  });

  it.each([
    ['of another secret', { secret: 'guessed' }],
    ['that is missing', { signature: null }],
    ['that is none', { signature: 'sha256=zz' }],
    ['of the old kind', { signature: `sha1=${'a'.repeat(40)}` }],
  ])('refuses a signature %s before it reads the payload', async (_which, given) => {
    const { web, received } = await start();
    expect((await deliver(web, 'pull_request', 'not even JSON', given)).status).toBe(401);
    expect(received).toEqual([]);
  });

  it.each([
    ['is not JSON', '{', 'application/json'],
    ['lacks its number', { ...opened, number: undefined }, 'application/json'],
    ['is a form', 'payload=%7B%7D', 'application/x-www-form-urlencoded'],
  ])('refuses a signed payload that %s, with a reason', async (_which, payload, type) => {
    const { web, received } = await start();
    const answer = await deliver(web, 'pull_request', payload, { type });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toHaveProperty('error');
    expect(received).toEqual([]);
  });

  it('takes a large payload, and refuses one larger than GitHub sends', async () => {
    const { web } = await start();
    const padded = { ...opened, padding: 'x'.repeat(2 * 1024 * 1024) };
    expect((await deliver(web, 'pull_request', padded)).status).toBe(202);
    const huge = 'x'.repeat(26 * 1024 * 1024);
    await expect(deliver(web, 'push', huge)).resolves.toMatchObject({ status: 413 });
  });

  it('asks for the delivery again when it could not be received', async () => {
    const { web } = await start({ receive: () => Promise.reject(new Error('secret detail')) });
    const answer = await deliver(web, 'pull_request', opened);
    expect(answer).toMatchObject({ status: 503 });
    expect(answer.body).not.toContain('secret detail');
  });

  it('is not there without a secret', async () => {
    const { web } = await start({ secrets: [''] });
    expect((await deliver(web, 'pull_request', opened, { secret: 'x' })).status).toBe(404);
  });
});
