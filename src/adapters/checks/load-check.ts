import { performance } from 'node:perf_hooks';

import { z } from 'zod';

import { parseDuration } from '#domain/duration.ts';
import { textOf, type Json } from '#domain/json.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { Measurement, MeasurementRequest } from '#ports/checks.ts';
import { PortError } from '#ports/port-error.ts';

import type { CheckKind } from './check-kind.ts';
import { openLoop, percentile, type Shot } from './load-probe.ts';
import { inputsOf, measured, took, tookText } from './outcome.ts';

/** However a runbook is written: this is a probe, no attack. */
const MOST_REQUESTS = 60_000;
const LONGEST_MS = 10 * 60_000;
const MAX_BYTES = 64 * 1024;
/** How late a request of ours may be, and how many of them. */
const LATE_MS = 100;
const LATE_SHARE = 0.05;

const With = z.object({
  url: z.string(),
  rate: z.number().positive().max(1_000),
  duration: z.string(),
  method: z.string().default('GET'),
  body: z.json().optional(),
  maxInFlight: z.int().min(1).max(1_000).default(100),
});

/**
 * A bounded load at a steady rate; `timeout` is that of one request. A request is an error that got
 * no 2xx, and one that could not be sent because too many were open. Trouble of our own ends it: the
 * figures would speak of us.
 */
export const loadCheck: CheckKind = {
  lasts: (request) => planOf(request).durationMs,

  async measure(request, options, { clock, outbound, settings }) {
    refuseProduction(request, settings());
    const { url, method, body, rate, maxInFlight, requests } = planOf(request);
    const ours = new AbortController();
    const signal = AbortSignal.any([options.signal, ours.signal]);
    const { timeoutMs } = options;

    try {
      const shots = await openLoop({ rate, requests, maxInFlight, signal }, clock, async () => {
        const startedAt = performance.now();
        const outcome = await outbound.request(
          {
            url,
            method,
            ...(body !== undefined && contentOf(body)),
            maxBytes: MAX_BYTES,
          },
          { timeoutMs, signal },
        );
        if (outcome.ok) {
          const { status, timings } = outcome.value;
          const ownMs = Math.max(0, performance.now() - startedAt - timings.total);
          return { status, why: String(status), ownMs };
        }
        const { fault, message, code, retry } = outcome.failure;
        if (fault === 'ours') ours.abort(new PortError('checks.load', message, { retry }));
        return { status: null, why: code, ownMs: 0 };
      });
      ours.signal.throwIfAborted();
      refuseOwnDelays(shots);
      return summed(shots, maxInFlight);
    } catch (error) {
      options.signal.throwIfAborted();
      throw ours.signal.aborted ? ours.signal.reason : error;
    }
  },
};

function planOf(request: MeasurementRequest) {
  const { duration, ...others } = inputsOf(With, request);
  const durationMs = parseDuration(duration) ?? 0;
  const requests = Math.max(1, Math.round((others.rate * durationMs) / 1_000));
  if (durationMs > LONGEST_MS || requests > MOST_REQUESTS) {
    const most = `A load lasts 10m and has ${MOST_REQUESTS} requests at most`;
    throw new PortError('checks.with', `${most}, not ${duration} and ${requests}.`, {
      retry: false,
    });
  }
  return { ...others, durationMs, requests };
}

/** By the environment it is for, and by whose host it is: one of them may be written wrongly. */
function refuseProduction(request: MeasurementRequest, settings: Settings): void {
  const { environment, with: inputs } = request;
  const host = URL.parse(textOf(inputs['url']))?.host;
  const marked = Object.entries(settings.connections).find(
    ([, { url, options }]) =>
      options['production'] === true && url !== null && URL.parse(url)?.host === host,
  );
  const why =
    environment === 'production'
      ? 'the environment is production'
      : marked && `the connection ${marked[0]} says that ${host} is production`;
  if (!why) return;
  throw new PortError('checks.production', `Load on production is refused: ${why}.`, {
    retry: false,
  });
}

/** A machine that can't keep the rate measures itself. */
function refuseOwnDelays(shots: readonly Shot[]): void {
  const late = shots.filter(({ lateMs }) => lateMs > LATE_MS).length;
  if (late <= shots.length * LATE_SHARE) return;
  const message = `This machine could not keep the rate: ${late} of ${shots.length} requests were over ${LATE_MS} ms late.`;
  throw new PortError('checks.load', message, { retry: false });
}

function contentOf(body: Json): { body: string; headers: Record<string, string> } {
  return typeof body === 'string'
    ? { body, headers: {} }
    : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}

function tookOf(ms: number | null): string | null {
  return ms === null ? null : took(ms);
}

function summed(shots: readonly Shot[], maxInFlight: number): Measurement {
  const times: number[] = [];
  const errors = new Map<string, number>();
  const count = (why: string) => errors.set(why, (errors.get(why) ?? 0) + 1);
  for (const { sent } of shots) {
    if (sent === null) {
      count(`not sent while ${maxInFlight} were open`);
      continue;
    }
    times.push(sent.ms);
    if (sent.status === null || sent.status < 200 || sent.status > 299) count(sent.why);
  }
  times.sort((one, other) => one - other);

  const failed = [...errors.values()].reduce((sum, some) => sum + some, 0);
  const p95 = percentile(times, 0.95);
  const result = {
    requests: shots.length,
    errorRate: failed / shots.length,
    p50: tookOf(percentile(times, 0.5)),
    p95: tookOf(p95),
    p99: tookOf(percentile(times, 0.99)),
  };
  const most = [...errors].toSorted(([, one], [, other]) => other - one).slice(0, 3);
  const reasons = most.map(([why, some]) => `${some} × ${why}`).join(', ');
  return measured(
    result,
    `${shots.length} requests, p95 ${p95 === null ? 'unknown' : tookText(p95)}, ${failed} failed${failed === 0 ? '' : ` (${reasons})`}`,
  );
}
