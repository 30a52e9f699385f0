import { describe, expect, it } from 'vitest';

import type { HttpAnswer, HttpRequests, HttpWrite } from '#ports/http-requests.ts';
import { PortError } from '#ports/port-error.ts';

import { openGame, playWrite } from './play-write.ts';

const step = (inputs: string) =>
  `  - {id: tell, title: Tell, uses: http.request, with: {${inputs}}}`;
const toHook = step(
  "url: 'http://127.0.0.1:1/hooks?token=hush', method: POST, body: {card: '4111'}",
);

describe('an http.request', () => {
  it('is sent once under its key, and its answer is the result', async () => {
    const web = answering({ kind: 'answered', status: 202, body: { id: 7 } });

    const { finished } = await playWrite(toHook, { httpRequests: web });

    expect(finished).toMatchObject({
      outcome: 'succeeded',
      finding: 'Answered 202',
      result: { status: 202, body: { id: 7 } },
    });
    expect(web.sent).toEqual([
      {
        connection: 'web',
        url: 'http://127.0.0.1:1/hooks?token=hush',
        method: 'POST',
        body: { card: '4111' },
        key: 'run-1/tell/1',
      },
    ]);
  });

  it('shows in its plan where it goes and the names of what it sends, and no values', async () => {
    const { plan } = await playWrite(toHook, { httpRequests: answering() });

    expect(plan).toMatchObject({
      plan: {
        method: 'POST',
        url: 'http://127.0.0.1:1/hooks',
        parameters: ['token'],
        bodyKeys: ['card'],
        connection: 'web',
      },
    });
    expect(JSON.stringify(plan && 'plan' in plan ? plan.plan : null)).not.toMatch(/hush|4111/);
  });

  it.each([199, 302, 404, 500])('has failed after a %i', async (status) => {
    const web = answering({ kind: 'answered', status, body: 'no' });

    const { finished } = await playWrite(toHook, { httpRequests: web });

    expect(finished).toMatchObject({ outcome: 'failed', result: { status, body: 'no' } });
  });

  it('that never left has failed', async () => {
    const web = answering({ kind: 'notSent', message: 'The connection was refused' });

    const { finished } = await playWrite(toHook, { httpRequests: web });

    expect(finished).toMatchObject({
      outcome: 'failed',
      finding: 'Nothing was sent: The connection was refused.',
    });
  });

  it('whose answer was lost is unknown, and never sent again', async () => {
    const web = answering(new PortError('http.unknown', 'No answer came.', { retry: true }));

    const { finished, sent } = await playWrite(toHook, { httpRequests: web });

    expect(finished).toMatchObject({ outcome: 'unknown', status: 'unknown' });
    expect(web.sent).toHaveLength(1);
    expect(sent).toBe(1);
  });

  it('that was cut off by a stopped bot is unknown to the next one, which sends nothing', async () => {
    const web = answering(new Error('the process ended'));
    const game = openGame(toHook, { httpRequests: web });
    await game.begin();
    await expect(game.goOn()).rejects.toThrow('the process ended');

    await game.goOn();

    expect((await game.told()).finished).toMatchObject({ outcome: 'unknown' });
    expect(web.sent).toHaveLength(1);
  });

  it.each([
    ['url: /hooks, method: POST', 'http://127.0.0.1:1/hooks', 'web'],
    ["url: 'https://elsewhere.example/x', method: DELETE", 'https://elsewhere.example/x', null],
  ])('goes with {%s} to %s over the connection %s', async (inputs, url, connection) => {
    const web = answering();

    await playWrite(step(inputs), { httpRequests: web });

    expect(web.sent).toMatchObject([{ url, connection }]);
  });

  it('does not take a connection elsewhere', async () => {
    const away = step("url: 'https://elsewhere.example/', method: POST, connection: web");

    const { finished } = await playWrite(away, {});

    expect(finished).toMatchObject({
      outcome: 'failed',
      finding: 'https://elsewhere.example/ is not at the connection web.',
    });
  });

  it.each([
    ["url: 'https://elsewhere.example/', method: POST", 'not marked for drills'],
    ['url: /hooks, method: POST', 'not marked for drills'],
  ])('in a drill goes nowhere that is not marked for it: {%s}', async (inputs, why) => {
    const { finished } = await playWrite(step(inputs), {}, 'drill');

    expect(finished).toMatchObject({ outcome: 'failed' });
    expect(finished?.finding).toContain(why);
  });
});

type Sent = HttpWrite & { connection: string | null };

function answering(
  answer: HttpAnswer | Error = { kind: 'answered', status: 200, body: null },
): HttpRequests & { sent: Sent[] } {
  const sent: Sent[] = [];
  return {
    sent,
    async send(connection, write) {
      sent.push({ connection, ...write });
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
}
