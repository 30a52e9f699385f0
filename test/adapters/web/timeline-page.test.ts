import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { timelinePage } from '#adapters/web/timeline-page.ts';
import { readRecord } from '#domain/timeline/incident-record.ts';
import { ana, clock } from '#test/domain/timeline/events.ts';

const hostile =
  '<script>alert(1)</script><img src=x onerror=alert(2)> "\' & </pre></style>\u202Eevil';

/** An incident whose every text comes from somebody who means harm. */
async function hostilePage(): Promise<string> {
  const events = [
    {
      at: clock('09:00:00'),
      actor: { kind: 'alert', id: hostile, name: hostile },
      type: 'IncidentDeclared',
      incident: 'inc-1',
      severity: 'SEV1',
      service: null,
      environment: null,
      drill: false,
      declared: true,
      startedAt: clock('09:00:00'),
      alert: { group: hostile, labels: { [hostile]: hostile } },
      texts: { title: hostile },
    },
    {
      at: clock('09:01:00'),
      actor: { ...ana, name: hostile },
      type: 'NoteAdded',
      happenedAt: clock('09:00:30'),
      source: null,
      texts: { note: hostile },
    },
  ] as const;
  const recorded = events.map((event, index) => ({
    position: index + 1,
    recordedAt: event.at,
    hash: 'a'.repeat(64),
    event,
  }));
  return timelinePage(readRecord('inc-1', recorded));
}

describe('the page of a timeline', () => {
  it('keeps what strangers wrote as text, wherever it stands', async () => {
    const page = await hostilePage();
    const tags = new Set([...page.matchAll(/<([a-z]\w*)/gi)].map(([, tag = '']) => tag));

    expect([...tags].toSorted()).toEqual(
      'a,bdi,body,details,div,footer,h1,h2,head,header,html,li,main,meta,ol,pre,style,summary,time,title,ul'.split(
        ',',
      ),
    );
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toMatch(/[\u202A-\u202E]/);
    expect(page).not.toMatch(/ on[a-z]+="/);
    expect(page).not.toMatch(/\b(?:src|style)="/);
    expect([...page.matchAll(/href="([^"]*)"/g)].map(([, to]) => to)).toEqual(['#1', '#2']);
  });

  it('allows its own style and nothing else', async () => {
    const page = await hostilePage();
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');

    expect(page).toContain(
      `content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; img-src data:; base-uri`,
    );
    expect(style).not.toMatch(/url\(|@import/);
  });

  it('shows when each thing happened in UTC, with its number and its evidence folded', async () => {
    const page = await hostilePage();

    expect(page).toContain('2026-11-22, times are UTC');
    expect(page).toMatch(/<li id="2" class="note">\s*<div>\s*<time datetime="2026-11-22T09:00:30/);
    expect(page).toContain('>09:00:30<');
    expect(page).toMatch(/<details>\s*<summary>Evidence<\/summary>/);
    expect(page).not.toContain('<details open');
  });
});
