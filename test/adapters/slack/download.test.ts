import { describe, expect, it } from 'vitest';

import { createDownload } from '#adapters/slack/download.ts';
import { serve } from '#test/support/serve.ts';

describe('a picture of Slack', () => {
  it('is asked for with our token, and taken with its type', async () => {
    const asked: string[] = [];
    await using files = await serve((request, response) => {
      asked.push(String(request.headers.authorization));
      response.setHeader('content-type', 'image/png').end('bytes');
    });
    const download = createDownload({ token: 'xoxb-t', slackApiUrl: `${files.url}/api/` });

    const { type, bytes } = await download(`${files.url}/files-pri/F1/graph.png`);

    expect([type, Buffer.from(bytes).toString()]).toEqual(['image/png', 'bytes']);
    expect(asked).toEqual(['Bearer xoxb-t']);
  });

  it.each([
    ['a page to sign in', 302, 'text/html', ''],
    ['a page', 200, 'text/html', '<html>'],
    ['more than a screenshot', 200, 'image/png', 'x'.repeat(5 * 1024 * 1024)],
  ])('that is %s is not taken', async (_what, status, type, body) => {
    await using files = await serve((_request, response) => {
      response.writeHead(status, { 'content-type': type, location: '/' }).end(body);
    });
    const download = createDownload({ token: 'xoxb-t', slackApiUrl: `${files.url}/api/` });
    await expect(download(`${files.url}/f.png`)).rejects.toMatchObject({ retry: false });
  });

  it('is asked for again where Slack is not ready', async () => {
    await using files = await serve((_request, response) => response.writeHead(503).end());
    const download = createDownload({ token: 'xoxb-t', slackApiUrl: `${files.url}/api/` });
    await expect(download(`${files.url}/f.png`)).rejects.toMatchObject({ retry: true });
  });

  it.each(['https://evil.example/f.png', 'http://files.slack.com/f.png', 'file:///etc/passwd', ''])(
    'is never fetched from %s, which would get our token',
    async (source) => {
      await expect(createDownload({ token: 'xoxb-t' })(source)).rejects.toMatchObject({
        code: 'file_not_taken',
      });
    },
  );
});
