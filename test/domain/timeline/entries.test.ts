import { describe, expect, it } from 'vitest';

import type { StreamEvent } from '#domain/stream/stream.ts';
import { timelineEntries } from '#domain/timeline/entries.ts';

import { checkoutIncident } from './checkout-record.ts';
import {
  ana,
  checking,
  clock,
  declared,
  entered,
  finished,
  machine,
  measured,
  record,
  run,
  runStarted,
} from './events.ts';

function textsOf(events: readonly StreamEvent[]): string[] {
  return timelineEntries(record(events)).map(({ text }) => text);
}

function next(time: string) {
  return { at: clock(time), sample: 2, attempt: 1 };
}

function pinned(message: string, text: string): StreamEvent {
  return {
    at: clock('09:12:00'),
    actor: ana,
    type: 'NoteAdded',
    happenedAt: clock('09:12:00'),
    source: { permalink: null, message, author: ana },
    texts: { note: text },
  };
}

describe('the timeline', () => {
  it('tells the checkout incident in one sentence an entry', () => {
    expect(
      timelineEntries(record(checkoutIncident)).map(
        ({ at, kind, actor, text }) => `${at.slice(11, 19)} ${kind} ${actor.name}: ${text}`,
      ),
    ).toEqual([
      '09:11:00 declared Alertmanager: Declared: Checkout returns 500s (sev1)',
      '09:11:01 run Handrail: Started the runbook Checkout returns 5xx after a deploy (d1)',
      '09:11:01 step Handrail: Is checkout failing: started',
      '09:11:01 step Handrail: What changed: started',
      '09:11:03 evidence Handrail: Is checkout failing: Problem found. 41 % of orders fail',
      '09:11:04 evidence Handrail: What changed: Problem found. 1842 shipped 1m before',
      '09:11:04 step Handrail: Do the shipped URLs point at the right hosts: started',
      '09:11:06 evidence Handrail: Do the shipped URLs point at the right hosts: Problem found. 1 violation',
      '09:11:06 step Handrail: Are the gateways healthy: started',
      '09:11:07 evidence Handrail: Are the gateways healthy: OK. 200 in 80ms',
      '09:11:07 question Handrail: Asked: What do we do?',
      '09:11:40 role Ana: Ana is commander',
      '09:12:07 choice Ana: Chose Roll back',
      '09:12:07 step Ana: Roll back checkout: started',
      '09:12:08 plan Handrail: Roll back checkout: planned checkout in production: 1842 → 1841',
      '09:12:08 request Handrail: Roll back checkout: asked for one member of payments to approve',
      '09:12:38 approval Ben: Approved: Roll back checkout',
      '09:12:39 effect Handrail: Roll back checkout: under way',
      '09:13:39 outcome Handrail: Roll back checkout: done. Rolled back 1842 → 1841',
      '09:13:39 step Handrail: Healthy again: started',
      '09:13:50 evidence Handrail: Healthy again: healthy, watching that it stays so. 0.01',
      '09:14:10 evidence Handrail: Healthy again: OK. 0.8 % of orders fail',
      '09:14:10 question Handrail: Asked to confirm: Resolve and tell people',
      '09:15:10 resolved Ana: Resolved: Deploy 1842 shipped 1 wrong setting.',
      '09:15:10 run Handrail: The runbook Checkout returns 5xx after a deploy succeeded (Problem found)',
    ]);
  });

  it('reads a note as its message reads now, and drops it with its message', () => {
    const common = { at: clock('09:13:00'), actor: ana };

    expect(
      textsOf([
        pinned('1.1', 'gateway A is down'),
        pinned('2.2', 'lunch?'),
        { ...common, type: 'NoteChanged', message: '1.1', texts: { note: 'gateway A is slow' } },
        { ...common, type: 'NoteWithdrawn', message: '2.2' },
      ]),
    ).toEqual(['gateway A is slow']);
  });

  it('tells what a monitor found that declared the incident, and names its run', () => {
    const at = clock('09:11:00');
    const finding = { title: 'Gateways', verdict: 'fail' as const, finding: 'refused', at };
    const from = { run: 'run-7', runbook: 'monitor', title: 'Watch', revision: 'd1' };
    const brought: StreamEvent = {
      type: 'FindingsBrought',
      at,
      actor: machine,
      from,
      findings: [finding],
    };

    expect(timelineEntries(record([declared('09:11:00'), brought])).at(-1)).toMatchObject({
      kind: 'evidence',
      text: 'Found by the runbook Watch (run-7): Gateways: Problem found. refused',
      evidence: { ...from, findings: [finding] },
    });
  });

  it('keeps the place, the times and the hash of the record', () => {
    const [first, , third] = timelineEntries(record(checkoutIncident));

    expect(first).toMatchObject({ seq: 1, recordedAt: clock('09:11:01'), hash: 'hash-1' });
    // The position between them is no line of the timeline.
    expect(third?.seq).toBe(4);
  });

  it('gives a note the time at which it happened, and its place in the record', () => {
    const note: StreamEvent = {
      type: 'NoteAdded',
      at: clock('09:20:00'),
      actor: ana,
      happenedAt: clock('09:09:00'),
      source: null,
      texts: { note: 'Carl pressed deploy' },
    };

    const entries = timelineEntries(record([declared('09:11:00'), note]));

    expect(entries.at(-1)).toMatchObject({
      seq: 2,
      at: clock('09:09:00'),
      recordedAt: clock('09:20:01'),
      text: 'Carl pressed deploy',
      evidence: null,
    });
  });

  it('says that a text was taken out of the record', () => {
    const note: StreamEvent = {
      type: 'NoteAdded',
      at: clock('09:20:00'),
      actor: ana,
      happenedAt: clock('09:20:00'),
      source: null,
      texts: { note: null },
    };

    expect(textsOf([declared('09:11:00', { texts: { title: null } }), note])).toEqual([
      'Declared: (redacted) (sev1)',
      '(redacted)',
    ]);
  });

  it('carries the result of a check as evidence', () => {
    const entries = timelineEntries(record(checkoutIncident));

    expect(entries.find(({ kind }) => kind === 'evidence')?.evidence).toEqual({
      step: 'symptom',
      status: 'succeeded',
      verdict: 'fail',
      result: { value: 0.41 },
    });
  });

  it('says that there was no data rather than that all is well', () => {
    expect(
      textsOf([
        runStarted('09:11:00'),
        finished('09:11:01', 'symptom', { verdict: 'inconclusive', finding: 'no data' }),
      ]).at(-1),
    ).toBe('Is checkout failing: No data');
  });

  it('tells of each stretch of health that a watch saw begin, and of nothing in between', () => {
    const passing = (time: string, since: string) =>
      measured(time, 'recovery', {
        verdict: 'pass',
        next: next(time),
        passingSince: clock(since),
        summary: since,
      });

    const texts = textsOf([
      runStarted('09:11:00'),
      checking('09:11:01', 'recovery'),
      passing('09:11:02', '09:11:02'),
      passing('09:11:03', '09:11:02'),
      measured('09:11:04', 'recovery', { next: next('09:11:05') }),
      passing('09:11:05', '09:11:05'),
    ]);

    expect(texts.slice(2)).toEqual([
      'Healthy again: healthy, watching that it stays so. 09:11:02',
      'Healthy again: healthy, watching that it stays so. 09:11:05',
    ]);
  });

  it('marks a broken glass, a rejection and a write of unknown outcome', () => {
    const place = { run, step: 'rollback', visit: 1 };
    const texts = textsOf([
      runStarted('09:11:00'),
      entered('09:11:01', 'rollback', { write: true }),
      {
        type: 'GlassBroken',
        at: clock('09:11:02'),
        actor: ana,
        ...place,
        hash: 'h',
        texts: { reason: 'nobody is awake' },
      },
      finished('09:11:03', 'rollback', {
        status: 'unknown',
        outcome: 'unknown',
        finding: 'The answer was lost',
      }),
      { type: 'Rejected', at: clock('09:11:04'), actor: ana, ...place, texts: { reason: null } },
      finished('09:11:04', 'rollback', { status: 'failed', outcome: 'rejected' }),
    ]);

    expect(texts.slice(2)).toEqual([
      'Broke the glass for Roll back checkout: nobody is awake',
      'Roll back checkout: outcome unknown. The answer was lost',
      'Rejected: Roll back checkout: (redacted)',
    ]);
  });

  it('says who skipped a step and why', () => {
    expect(
      textsOf([
        runStarted('09:11:00'),
        finished('09:11:01', 'symptom', {
          actor: ana,
          status: 'skipped',
          outcome: 'skipped',
          finding: 'Skipped',
          texts: { reason: 'known already' },
        }),
      ]).at(-1),
    ).toBe('Is checkout failing: skipped: known already');
  });
});
