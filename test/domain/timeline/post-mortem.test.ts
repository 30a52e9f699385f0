import { describe, expect, it } from 'vitest';

import type { StreamEvent } from '#domain/stream/stream.ts';
import { readRecord } from '#domain/timeline/incident-record.ts';
import { postMortem } from '#domain/timeline/post-mortem.ts';
import { stakeholderMessage } from '#domain/timeline/stakeholder-message.ts';
import { timelineJson } from '#domain/timeline/timeline-json.ts';
import { timelineMarkdown } from '#domain/timeline/timeline-markdown.ts';

import { checkoutIncident } from './checkout-record.ts';
import { ana, clock, declared, entered, finished, record, run, runStarted } from './events.ts';

function reportOf(events: readonly StreamEvent[]): string {
  return postMortem('INC-1', record(events)) ?? '';
}

/** The text under a heading, up to the next one. */
function section(report: string, heading: string): string {
  const [, rest = ''] = report.split(`## ${heading}\n`);
  return rest.split('\n## ')[0]?.trim() ?? '';
}

describe('the post-mortem', () => {
  it('has the sections of a report, in their order', () => {
    expect(reportOf(checkoutIncident).match(/^##? .*$/gmu)).toEqual([
      '# Post-mortem: Checkout returns 500s',
      '## Background',
      '## Incident Overview',
      '## Timeline of Events',
      '## Root Cause Analysis',
      '## Impact Assessment',
      '## Mitigation Steps',
      '## Recommendations',
      '## Conclusion',
    ]);
  });

  it('fills in the cause, what changed, what was found and what was ruled out', () => {
    const cause = section(reportOf(checkoutIncident), 'Root Cause Analysis');

    expect(cause).toContain('Deploy 1842 shipped 1 wrong setting.');
    expect(cause).toContain('What changed: Deploy 1842 by carl, 30s before it began.');
    expect(cause).toContain('- Is checkout failing: 41 % of orders fail');
    expect(cause).toContain('Ruled out:\n\n- Are the gateways healthy: 200 in 80ms');
  });

  it('says who asked for the rollback, who approved it, when, and what proved it', () => {
    expect(section(reportOf(checkoutIncident), 'Mitigation Steps')).toBe(
      [
        '1. Roll back checkout (checkout in production: 1842 → 1841): done. Rolled back 1842 → 1841. Asked for by Ana, approved by Ben, from 09:12:39 to 09:13:39 UTC.',
        '2. Checked: Healthy again: 0.8 % of orders fail at 09:14:10 UTC.',
      ].join('\n'),
    );
  });

  it('marks what only people know as a blank, and claims nothing that is not on record', () => {
    const report = reportOf([declared('09:11:00', { service: null })]);

    expect(section(report, 'Root Cause Analysis')).toContain('_to be filled in: the root cause_');
    expect(section(report, 'Mitigation Steps')).toBe(
      '_to be filled in: what was done to restore the service_',
    );
    expect(section(report, 'Recommendations')).toMatch(/^_to be filled in/u);
    expect(section(report, 'Conclusion')).toContain('The incident is not resolved.');
  });

  it('does not list a rejected write as a step of the mitigation, nor a dry run', () => {
    const rejected = finished('09:11:30', 'rollback', { status: 'failed', outcome: 'rejected' });
    const dry = runStarted('09:11:01', { mode: 'dryRun' });
    const blank = /^_to be filled in/u;

    const afterRejection = reportOf([declared('09:11:00'), runStarted('09:11:01'), rejected]);
    const afterDryRun = reportOf([declared('09:11:00'), dry, finished('09:11:30', 'rollback')]);

    expect(section(afterRejection, 'Mitigation Steps')).toMatch(blank);
    expect(section(afterDryRun, 'Mitigation Steps')).toMatch(blank);
  });

  it('marks a broken glass', () => {
    const report = reportOf([
      declared('09:11:00'),
      runStarted('09:11:01'),
      entered('09:11:02', 'rollback', { write: true }),
      {
        type: 'GlassBroken',
        at: clock('09:11:03'),
        actor: ana,
        run,
        step: 'rollback',
        visit: 1,
        hash: 'h',
        texts: { reason: 'alone' },
      },
      finished('09:11:30', 'rollback'),
    ]);

    expect(section(report, 'Mitigation Steps')).toContain(
      '**break-glass** by Ana, without a second person',
    );
  });

  it('keeps foreign text inert', () => {
    const report = reportOf([
      declared('09:11:00', { texts: { title: '<script> @channel\n# fake' } }),
    ]);

    expect(report).toContain('# Post-mortem: \\<script\\> @\u2060channel # fake\n');
  });

  it('is none for a run outside of an incident', () => {
    expect(postMortem('R1', record([runStarted('09:11:00')]))).toBeNull();
  });
});

describe('the message to stakeholders', () => {
  it('sums up issue, cause, mitigation and resolution, and what is planned', () => {
    const message = stakeholderMessage('INC-1', record(checkoutIncident));

    expect(message).toContain('Subject: Checkout returns 500s - Resolved');
    expect(message).toContain('**Root Cause:** Deploy 1842 shipped 1 wrong setting.');
    expect(message).toContain('**Resolution:** Resolved after 4m40s.');
    expect(message).toContain('- Run the configuration check in CI before each deploy');
  });

  it('does not call an open incident resolved', () => {
    const message = stakeholderMessage('INC-1', record([declared('09:11:00')]));

    expect(message).toContain('- In progress');
    expect(message).toContain('We are still working on it.');
  });
});

describe('the timeline as a document', () => {
  it('has the public shape', () => {
    const json = timelineJson(readRecord('INC-1', record(checkoutIncident)));

    expect(Object.keys(json)).toEqual(['schemaVersion', 'incident', 'entries']);
    expect(json.incident).toMatchObject({
      id: 'INC-1',
      status: 'resolved',
      severity: 'sev1',
      channel: null,
      startedAt: clock('09:10:30'),
      resolvedAt: clock('09:15:10'),
      metrics: { mitigate: 200 },
    });
    expect(Object.keys(json.entries[0] ?? {})).toEqual(
      'seq at recordedAt actor kind text evidence hash'.split(' '),
    );
  });

  it('says the day only where there are several', () => {
    const late: StreamEvent = {
      type: 'UpdatePosted',
      at: '2026-11-23T00:01:00.000Z',
      actor: ana,
      texts: { text: 'Still at it' },
    };
    const oneDay = timelineMarkdown(readRecord('INC-1', record([declared('09:11:00')])));
    const twoDays = timelineMarkdown(readRecord('INC-1', record([declared('09:11:00'), late])));

    expect(oneDay).not.toContain('###');
    expect(twoDays).toContain('### 2026-11-23\n\n- **00:01:00** Ana: Update: Still at it');
  });
});
