import { describe, expect, it } from 'vitest';

import { createTelemetry } from '#adapters/telemetry/telemetry.ts';
import { bot } from '#domain/ids.ts';

const at = '2026-11-24T09:10:00.000Z';

describe('the metrics of the bot', () => {
  it('count what was appended', async () => {
    const telemetry = createTelemetry('1.2.3');

    telemetry.appended([
      { type: 'RunEnded', at, actor: bot, run: 'run-1', status: 'succeeded', verdict: 'pass' },
      { type: 'RunEnded', at, actor: bot, run: 'run-2', status: 'succeeded', verdict: 'pass' },
    ]);

    const { text } = await telemetry.exposition();
    expect(text).toContain('handrail_runs_ended_total{status="succeeded",verdict="pass"} 2');
    expect(text).toContain('handrail_build_info{version="1.2.3"} 1');
  });

  it('are not disturbed by an event of a newer version', async () => {
    const telemetry = createTelemetry('1');

    telemetry.appended([{ type: 'FromTheFuture' }]);

    expect((await telemetry.exposition()).text).not.toContain('FromTheFuture');
  });

  it('tell how long jobs took and how late they began', async () => {
    const telemetry = createTelemetry('1');

    telemetry.jobEnded({
      task: 'effect',
      effect: 'measure',
      failed: false,
      lateMs: 400,
      tookMs: 30,
    });

    const { text } = await telemetry.exposition();
    expect(text).toContain(
      'handrail_job_seconds_sum{task="effect",effect="measure",outcome="done"} 0.03',
    );
    expect(text).toContain('handrail_job_late_seconds_sum{task="effect"} 0.4');
  });

  it('show the queue as it is at the scrape, and have no value for it while that is unknown', async () => {
    const telemetry = createTelemetry('1', 20);
    let known = true;
    let silent = false;
    telemetry.watchQueue(async () => {
      if (!known) throw new Error('no answer');
      if (silent) await new Promise(() => {});
      const jobs = [{ task: 'effect', state: 'ready' as const, count: 3 }];
      return { jobs, oldestSeconds: 1.5, setAside: 2, openIncidents: 1 };
    });

    const { text } = await telemetry.exposition();
    expect(text).toContain('handrail_jobs{task="effect",state="ready"} 3');
    expect(text).toContain('handrail_jobs_oldest_seconds 1.5');
    expect(text).toContain('handrail_jobs_set_aside 2');
    expect(text).toContain('handrail_incidents_open 1');

    known = false;
    const later = (await telemetry.exposition()).text;
    expect(later).not.toContain('handrail_jobs{');
    expect(later).toMatch(/handrail_jobs_set_aside nan/i);

    [known, silent] = [true, true];
    expect((await telemetry.exposition()).text).toMatch(/handrail_jobs_set_aside nan/i);
  });
});
