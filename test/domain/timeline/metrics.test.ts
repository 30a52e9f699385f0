import { describe, expect, it } from 'vitest';

import type { StreamEvent } from '#domain/stream/stream.ts';
import { debriefOf } from '#domain/timeline/debrief/debrief.ts';
import { incidentMetrics } from '#domain/timeline/metrics.ts';

import { checkoutIncident } from './checkout-record.ts';
import {
  ana,
  asked,
  clock,
  declared,
  document,
  entered,
  finished,
  measured,
  record,
  run,
  runStarted,
} from './events.ts';

const metricsOf = (...events: StreamEvent[]) => incidentMetrics(record(events));

describe('the metrics of an incident', () => {
  it('count in seconds from the first alert', () => {
    expect(metricsOf(...checkoutIncident)).toEqual({
      detect: 30,
      acknowledge: 70,
      diagnose: 97,
      mitigate: 200,
      resolve: 280,
      waitingForPeople: 60 + 30 + 60,
      waitingForMachines: 6 + 1 + 1 + 60 + 31,
    });
  });

  it('are null where it did not happen', () => {
    expect(metricsOf(declared('09:11:00'))).toEqual({
      detect: 30,
      acknowledge: null,
      diagnose: null,
      mitigate: null,
      resolve: null,
      waitingForPeople: 0,
      waitingForMachines: 0,
    });
  });

  it('count a suggestion as detected when a person takes it, and the wait for that person', () => {
    const taken: StreamEvent = { type: 'SuggestionTaken', at: clock('09:13:30'), actor: ana };

    expect(metricsOf(declared('09:11:00', { declared: false }), taken)).toMatchObject({
      detect: 180,
      acknowledge: 180,
      waitingForPeople: 150,
    });
  });

  it('forget the resolution of an incident that was opened again', () => {
    const reopened: StreamEvent = { type: 'IncidentReopened', at: clock('09:20:00'), actor: ana };

    expect(metricsOf(...checkoutIncident, reopened).resolve).toBeNull();
  });

  it('do not call a sample before the write a mitigation, nor one of a check that was fine all along', () => {
    const pass = { verdict: 'pass' as const };
    const events = [
      declared('09:11:00'),
      runStarted('09:11:00'),
      measured('09:11:01', 'symptom'),
      measured('09:11:02', 'gateways', pass),
      measured('09:11:03', 'symptom', pass),
      measured('09:11:04', 'symptom'),
      entered('09:11:05', 'rollback', { write: true }),
      finished('09:11:06', 'rollback', { byHand: true }),
      measured('09:11:30', 'gateways', pass),
    ];

    expect(metricsOf(...events).mitigate).toBeNull();
    expect(metricsOf(...events, measured('09:12:00', 'recovery', pass)).mitigate).toBe(90);
  });

  it('take a repeat for the check that it repeats: fine before and fine after proves nothing', () => {
    const pass = { verdict: 'pass' as const };
    const events = [
      runStarted('09:11:00'),
      measured('09:11:01', 'symptom', pass),
      finished('09:11:06', 'rollback'),
      measured('09:11:30', 'recovery', pass),
    ];

    expect(metricsOf(...events).mitigate).toBeNull();
  });

  it('believe the check that the runbook watches, where it watches one', () => {
    const pass = { verdict: 'pass' as const };
    const watch = { every: '5s', hold: '1m', giveUpAfter: '10m', giveUpWhen: null };
    const { runbook } = document;
    const steps = runbook.steps.map((step) => (step.id === 'recovery' ? { ...step, watch } : step));
    const events = [
      runStarted('09:10:30', { document: { ...document, runbook: { ...runbook, steps } } }),
      measured('09:11:01', 'symptom'),
      measured('09:11:02', 'config'),
      finished('09:11:06', 'rollback'),
      measured('09:11:30', 'recovery'),
      measured('09:11:40', 'config', pass),
    ];

    expect(metricsOf(...events).mitigate).toBeNull();
    expect(metricsOf(...events, measured('09:12:30', 'symptom', pass)).mitigate).toBe(120);
  });

  it('do not count a rejected write as one', () => {
    const events = [
      runStarted('09:11:00'),
      measured('09:11:01', 'symptom'),
      finished('09:11:06', 'rollback', { status: 'failed', outcome: 'rejected' }),
      measured('09:11:30', 'symptom', { verdict: 'pass' }),
    ];

    expect(metricsOf(...events).mitigate).toBeNull();
  });

  it('count no time twice where what happened earlier was written down later', () => {
    const events = [
      declared('09:11:00'),
      runStarted('09:11:00'),
      asked('09:11:10', 'decide', '?'),
      measured('09:11:40', 'symptom'),
      measured('09:11:20', 'gateways'),
      finished('09:12:10', 'decide', { actor: ana }),
    ];

    expect(metricsOf(...events).waitingForPeople).toBe(60);
    expect(debriefOf(record(events), { faultAt: clock('09:11:00') }).waiting.on).toEqual([
      { title: 'Decide', seconds: 60 },
    ]);
  });

  it('stop waiting when the run is over', () => {
    const ended: StreamEvent = {
      type: 'RunEnded',
      at: clock('09:12:00'),
      actor: ana,
      run,
      status: 'stopped',
      verdict: 'inconclusive',
    };
    const later: StreamEvent = {
      type: 'UpdatePosted',
      at: clock('10:00:00'),
      actor: ana,
      texts: {},
    };

    expect(
      metricsOf(
        declared('09:11:00'),
        runStarted('09:11:00'),
        asked('09:11:00', 'decide', '?'),
        ended,
        later,
      ).waitingForPeople,
    ).toBe(60);
  });
});
