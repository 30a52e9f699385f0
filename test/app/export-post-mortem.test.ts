import { describe, expect, it } from 'vitest';

import { createGitHub } from '#adapters/github/github.ts';
import { createSecrets } from '#adapters/secrets/secrets.ts';
import { sha256 } from '#adapters/store/event-store.ts';
import { executeFor } from '#app/execute.ts';
import { exportForIncident, exportPostMortem } from '#app/export-post-mortem.ts';
import { load } from '#app/load.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import { gate } from '#test/adapters/outbound/gate.ts';
import { ana, openApp } from '#test/support/app.ts';
import { type GitHubApi, serveGitHub } from '#test/support/github/github-api.ts';
import { permitOf } from '#test/support/permit.ts';
import { settings as plainSettings } from '#test/support/runbooks.ts';

const actor = { kind: 'person', ...ana } as const;
const at = '2026-11-24T10:00:00.000Z';
const id = 'inc-20261124-abc123';
const soon = () => AbortSignal.timeout(20_000);

const settingsFor = (api: GitHubApi): Settings => ({
  ...plainSettings,
  connections: {
    github: {
      type: 'github',
      url: api.url,
      drill: false,
      options: { token: '${{ secrets.TOKEN }}' },
    },
  },
  postmortem: { ...plainSettings.postmortem, repository: 'acme/runbooks' },
});

/** A resolved incident with two follow-ups on the record, and a loopback GitHub to export it to. */
async function resolved(api: GitHubApi, given: Partial<Settings['postmortem']> = {}) {
  api.repository.commit('main', { 'README.md': '' });
  const plain = settingsFor(api);
  const settings = { ...plain, postmortem: { ...plain.postmortem, ...given } };
  const opened = await openApp({ settings });
  const secrets = createSecrets({ env: { TOKEN: 't0ken-t0ken', DEPLOY_TOKEN: 'hunter2-hunter2' } });
  secrets.resolve('${{ secrets.DEPLOY_TOKEN }}');
  const code = createGitHub({
    outbound: gate({ allow: ['127.0.0.1'] }),
    secrets,
    connections: () => settings.connections,
    pace: 'hurried',
  });
  const app = { ...opened.app, code };
  await executeFor(app, permitOf(actor), id, () => [
    {
      type: 'Declare',
      at,
      actor,
      incident: id,
      title: 'Checkout fails @everyone, closes #7',
      severity: 'SEV1',
      service: 'checkout',
      environment: 'production',
      drill: false,
      declared: true,
      startedAt: at,
      alert: null,
    },
    {
      type: 'Resolve',
      at,
      actor,
      cause: 'Wrong URLs, token hunter2-hunter2',
      followUps: ['Check the configuration in CI', 'Monitor the gateways'],
    },
  ]);
  const incident = async () => (await load(app, id)).stream.incident;
  return {
    app,
    settings,
    code,
    incident,
    press: (request: Parameters<typeof opened.useCases.press>[0]) => opened.useCases.press(request),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
    async ask() {
      await executeFor(app, permitOf(actor), id, () => [{ type: 'ExportPostMortem', at, actor }]);
      await exportForIncident(app, id, soon());
      return (await incident())?.postMortem;
    },
  };
}

describe('a post-mortem', () => {
  it('is a pull request with an issue for each follow-up, and stands on the record', async () => {
    await using api = await serveGitHub();
    await using world = await resolved(api);

    const exported = await world.ask();

    const [pull] = api.talk.pulls;
    expect(exported).toMatchObject({
      status: 'exported',
      exported: { pullRequest: { number: pull?.number }, issues: [{}, {}] },
    });
    const text = api.repository.commitOf(`handrail/postmortem-${id}`)?.files[
      `postmortems/${id}.md`
    ];
    expect(text).toContain('# Post-mortem: Checkout fails');
    expect(text).not.toContain('hunter2');
    const { message } = api.repository.commitOf(`handrail/postmortem-${id}`) ?? {};
    expect(message).toMatch(/^Post-mortem: Checkout fails/);
    expect(`${message} ${pull?.title}`).not.toMatch(/#7|@everyone/);
    expect(api.talk.issues.map(({ title }) => title)).toEqual([
      'Check the configuration in CI',
      'Monitor the gateways',
    ]);
    expect(api.talk.issues[0]?.body).toContain(pull?.html_url);
    expect(api.talk.issues[0]?.body).not.toContain('@everyone');
  });

  it('exported twice is the same pull request and the same issues', async () => {
    await using api = await serveGitHub();
    await using world = await resolved(api);
    const { app, code, settings } = world;
    const { events } = await load(app, id);
    const once = () => exportPostMortem({ code, settings, sha256 }, id, events, soon());

    expect(await once()).toEqual(await once());
    expect([api.talk.pulls.length, api.talk.issues.length]).toEqual([1, 2]);
  });

  it('is asked for by a press, once', async () => {
    await using api = await serveGitHub();
    await using world = await resolved(api);
    const value = { stream: id, act: { type: 'ExportPostMortem' } };
    await world.app.store.setMark({ scope: 'control', key: 'button', value });
    const press = () =>
      world.press({ control: 'button', by: ana, origin: { channel: null, message: null } });

    expect(await press()).toMatchObject({ kind: 'done' });
    expect((await world.incident())?.postMortem).toEqual({ requests: 1, status: 'requested' });
    expect(await press()).toMatchObject({
      kind: 'refused',
      message: 'The post-mortem is being written already.',
    });
  });

  it('is written by a template of the repository', async () => {
    await using api = await serveGitHub();
    await using world = await resolved(api, { template: 'docs/template.md' });
    const template = '# ${{ postmortem.title }}\n\n## Why\n\n${{postmortem.rootCause}}\n';
    api.repository.commit('main', { 'docs/template.md': template });

    await world.ask();

    const files = api.repository.commitOf(`handrail/postmortem-${id}`)?.files;
    expect(files?.[`postmortems/${id}.md`]).toMatch(/^# Checkout fails .*\n\n## Why\n\nWrong URLs/);
  });

  it.each([
    ['is missing', null, 'There is no docs/template.md in acme/runbooks'],
    [
      'names what there is not',
      '${{ postmortem.rootcause }}',
      'Did you mean postmortem.rootCause?',
    ],
  ])('says so when its template %s', async (_what, template, message) => {
    await using api = await serveGitHub();
    await using world = await resolved(api, { template: 'docs/template.md' });
    api.repository.commit('main', { 'docs/template.md': template });

    expect(await world.ask()).toMatchObject({
      status: 'failed',
      message: expect.stringContaining(message),
    });
    expect(api.talk.pulls).toEqual([]);
  });

  it('that could not be exported says why, and can be asked for again', async () => {
    await using api = await serveGitHub();
    await using world = await resolved(api);
    api.next('POST /repos/acme/runbooks/issues', { status: 500, message: 'Server Error' });

    expect(await world.ask()).toEqual({
      requests: 1,
      status: 'failed',
      message: 'GitHub answered 500: Server Error',
    });
    expect((await world.incident())?.status).toBe('resolved');

    expect(await world.ask()).toMatchObject({ requests: 2, status: 'exported' });
    expect([api.talk.pulls.length, api.talk.issues.length]).toEqual([1, 2]);
  });
});
