import { describe, expect, it } from 'vitest';

import {
  actions,
  BEN,
  button,
  createTestbed,
  OPS,
  type Testbed,
} from '#test/practice/slack/support/testbed.ts';

async function look(bed: Testbed, query: string) {
  const response = await fetch(new URL(`/?${query}`, bed.workspace.pageUrl));
  return { html: await response.text(), policy: response.headers.get('content-security-policy') };
}

describe('the page', () => {
  it('lets one be anybody who is active, and nobody else', async () => {
    await using bed = await createTestbed();

    const { html } = await look(bed, '');

    expect(html).toContain('Ben Ito');
    expect(html).not.toContain('gone');
  });

  it('shows foreign text as text, and lets nothing foreign load', async () => {
    await using bed = await createTestbed();
    await bed.ben.type('ops', '<img src=x onerror=alert(1)>');
    const text = '"><script>alert(1)</script>';
    const blocks = actions(button('"><b>', text, '"><i>'));
    await bed.api('chat.postMessage', { channel: OPS, text, blocks });

    const { html, policy } = await look(bed, `as=${BEN}&channel=${OPS}`);

    expect(html).not.toMatch(/<img src=x|<script>alert|"><b>|"><i>/);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(policy).toContain("default-src 'none'; script-src 'self'");
  });

  it('gives each button what its press needs', async () => {
    await using bed = await createTestbed();
    const blocks = [{ ...actions(button('go', 'Go'))[0], block_id: 'row' }];
    const { ts } = await bed.api('chat.postMessage', { channel: OPS, text: 'x', blocks });

    const { html } = await look(bed, `as=${BEN}&channel=${OPS}`);

    expect(html).toMatch(new RegExp(`data-channel="${OPS}"\\s+data-ts="${String(ts)}"`));
    expect(html).toMatch(/data-block="row" data-action="go"/);
  });

  it('does not name a private channel to somebody outside', async () => {
    await using bed = await createTestbed();
    await bed.carla.type('ops', 'see #board');

    const { html } = await look(bed, `as=${BEN}&channel=C0BOARD`);

    expect(html).not.toContain('🔒');
  });

  it('answers to its own host only', async () => {
    await using bed = await createTestbed();
    const { hostname, port } = new URL(bed.workspace.pageUrl);
    const { request } = await import('node:http');

    const status = await new Promise((resolve, reject) => {
      request({ hostname, port, headers: { host: 'rebound.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });

    expect(status).toBe(403);
  });
});
