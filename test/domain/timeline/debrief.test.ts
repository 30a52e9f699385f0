import { describe, expect, it } from 'vitest';

import type { RunbookDocument, Step } from '#domain/runbook/runbook.ts';
import type { StreamEvent } from '#domain/stream/stream.ts';
import { debriefOf, type Debrief } from '#domain/timeline/debrief/debrief.ts';

import { checkoutIncident } from './checkout-record.ts';
import {
  ana,
  asked,
  ben,
  clock,
  declared,
  document,
  entered,
  finished,
  measured,
  moved,
  record,
  run,
  runStarted,
} from './events.ts';

const faultAt = clock('09:10:00');
const of = (...events: StreamEvent[]): Debrief => debriefOf(record(events), { faultAt });

describe('the debrief of an incident', () => {
  it('counts from the fault, not from the alert that came after it', () => {
    const { times, waiting } = of(...checkoutIncident);

    expect(times).toEqual({
      detect: 60,
      acknowledge: 100,
      diagnose: 127,
      mitigate: 230,
      resolve: 310,
    });
    expect(waiting).toMatchObject({ people: 150, machines: 99 });
    expect(debriefOf(record(checkoutIncident), { faultAt: clock('09:10:30') }).times).toMatchObject(
      {
        detect: 30,
      },
    );
  });

  it('says which check found a problem first, and when; a repeat finds nothing new', () => {
    const again = finished('09:20:00', 'recovery', { verdict: 'fail', finding: 'still failing' });
    const twice = finished('09:21:00', 'config', { verdict: 'fail', finding: 'again' });
    const { found } = of(...checkoutIncident, again, twice);

    expect(found.map(({ check, seconds, finding }) => [check, seconds, finding])).toEqual([
      ['symptom', 63, '41 % of orders fail'],
      ['what_changed', 64, '1842 shipped 1m before'],
      ['config', 66, '1 violation'],
    ]);
  });

  it('names what failed inside of a parallel step', () => {
    const http = 'gateways[api.gateway-b.example].http';
    const activities = [
      { path: 'gateways[api.gateway-b.example].dns', step: 'dns', item: null },
      { path: http, step: 'http', item: null },
    ];
    const { found } = of(
      declared('09:11:00'),
      runStarted('09:11:01'),
      entered('09:11:01', 'gateways', { activities }),
      measured('09:11:02', 'gateways', { path: activities[0]?.path ?? '', verdict: 'pass' }),
      measured('09:11:03', 'gateways', { path: http, summary: 'ECONNREFUSED' }),
      finished('09:11:04', 'gateways', { verdict: 'fail', finding: '1 of 2 found a problem' }),
    );

    expect(found).toMatchObject([{ check: http, seconds: 63, finding: 'ECONNREFUSED' }]);
  });

  it('has no wrong turns where everybody took the recommended way', () => {
    expect(of(...checkoutIncident).wrongTurns).toEqual([]);
  });

  it('counts a choice against the evidence, and not one where it recommended nothing', () => {
    expect(of(declared('09:11:00'), ...choice('09:12:00', 'true', 'manual')).wrongTurns).toEqual([
      {
        at: clock('09:12:00'),
        seconds: 120,
        who: 'Ana',
        what: 'Chose Keep looking',
        why: 'The evidence recommended Page the provider',
      },
    ]);
    expect(of(declared('09:11:00'), ...choice('09:12:00', 'true', 'page')).wrongTurns).toEqual([]);
    expect(of(declared('09:11:00'), ...choice('09:12:00', 'false', 'manual')).wrongTurns).toEqual(
      [],
    );
  });

  it('counts a rejection, a write that was not needed, and one that did not help', () => {
    const rejected: StreamEvent = {
      type: 'Rejected',
      at: clock('09:12:00'),
      actor: ben,
      run,
      step: 'rollback',
      visit: 1,
      texts: { reason: 'not in the sale' },
    };
    const { wrongTurns } = of(
      declared('09:11:00'),
      runStarted('09:11:00', { document: watching() }),
      rollback('09:11:30'),
      rejected,
      finished('09:12:00', 'rollback', { actor: ben, status: 'failed', outcome: 'rejected' }),
      rollback('09:12:10'),
      finished('09:12:30', 'rollback', { outcome: 'notNeeded', finding: 'Already on 1841' }),
      rollback('09:13:00'),
      finished('09:13:30', 'rollback', { finding: 'Rolled back' }),
      finished('09:14:30', 'recovery', { verdict: 'fail', finding: '22 % of orders fail' }),
      finished('09:15:30', 'recovery', { verdict: 'fail', finding: 'once more' }),
    );

    expect(wrongTurns.map(({ seconds, who, what, why }) => [seconds, who, what, why])).toEqual([
      [120, 'Ben', 'Rejected: Roll back checkout', 'not in the sale'],
      [150, 'Ana', 'Roll back checkout', 'Not needed: Already on 1841'],
      [270, 'Ana', 'Roll back checkout', 'It did not help: Healthy again: 22 % of orders fail'],
    ]);
  });

  it('takes wrong turns that the record does not know, in their order', () => {
    const refused = { at: clock('09:12:30'), who: 'ana', what: 'Was refused', why: 'You asked' };
    const { wrongTurns } = debriefOf(record(checkoutIncident), { faultAt, more: [refused] });

    expect(wrongTurns).toEqual([{ ...refused, seconds: 150 }]);
  });

  it('says for whom was waited, the longest first', () => {
    const { waiting } = of(
      declared('09:11:00'),
      runStarted('09:11:00'),
      moved('09:11:00', ['decide']),
      asked('09:11:00', 'decide', 'What do we do?'),
      finished('09:11:40', 'decide', { actor: ana, outcome: 'rollback' }),
      moved('09:11:40', ['resolve']),
      asked('09:11:40', 'resolve', 'Resolve?'),
      finished('09:13:00', 'resolve', { actor: ana }),
    );

    expect(waiting.on).toEqual([
      { title: 'Resolve and tell people', seconds: 80 },
      { title: 'Decide', seconds: 40 },
    ]);
  });
});

function rollback(time: string): StreamEvent {
  return entered(time, 'rollback', { actor: ana, write: true });
}

function choice(time: string, recommend: string, option: string): StreamEvent[] {
  return [
    runStarted(time, { document: withOptions(recommend) }),
    moved(time, ['decide']),
    asked(time, 'decide', 'What do we do?'),
    { type: 'Chosen', at: clock(time), actor: ana, run, step: 'decide', visit: 1, option },
  ];
}

function changed(id: string, change: Partial<Step>): RunbookDocument {
  const { runbook } = document;
  const steps = runbook.steps.map((step) => (step.id === id ? { ...step, ...change } : step));
  return { ...document, runbook: { ...runbook, steps } };
}

function withOptions(recommend: string): RunbookDocument {
  return changed('decide', {
    with: {
      question: 'What do we do?',
      options: {
        page: { label: 'Page the provider', recommend, next: 'resolve' },
        manual: { label: 'Keep looking', next: 'resolve' },
      },
    },
  });
}

function watching(): RunbookDocument {
  const watch = { every: '5s', hold: '1m', giveUpAfter: '10m', giveUpWhen: null };
  return changed('recovery', { watch });
}
