import { performance } from 'node:perf_hooks';

import type { OutboundFailure, OutboundOptions, Outcome } from '#ports/outbound.ts';

import { failureOf, isUnsendable } from './failure.ts';
import { OutboundError } from './outbound-error.ts';

/**
 * Where an attempt is: what its deadline or an error means depends on it. Silence while we look up
 * a name or wait for our own turn is ours; afterwards it is the target's.
 */
export type Phase = 'lookup' | 'turn' | 'connect' | 'tls' | 'response' | 'body';

export type Attempt = {
  signal: AbortSignal;
  /** Milliseconds of the latest of each phase; of all of them for `turn`. */
  spent: Map<Phase, number>;
  /** Does the work of a phase and takes its time; given up when the signal fires. `name`: the one that is looked up. */
  during<T>(phase: Phase, work: () => Promise<T>, name?: string): Promise<T>;
};

/** Runs one call under its deadline, and turns whatever goes wrong in it into a failure. */
export async function attempt<T>(
  options: OutboundOptions,
  work: (attempt: Attempt) => Promise<T>,
): Promise<Outcome<T>> {
  options.signal.throwIfAborted();
  const deadline = AbortSignal.timeout(options.timeoutMs);
  const signal = AbortSignal.any([options.signal, deadline]);
  const spent = new Map<Phase, number>();
  let phase: Phase = 'lookup';
  let sought = 'The name';
  let sent = false;

  const during: Attempt['during'] = async (next, task, name) => {
    phase = next;
    sought = name ?? sought;
    sent ||= next === 'response';
    const startedAt = performance.now();
    try {
      return await untilAborted(task(), signal);
    } finally {
      const before = next === 'turn' ? (spent.get(next) ?? 0) : 0;
      spent.set(next, before + performance.now() - startedAt);
    }
  };

  try {
    return { ok: true, value: await work({ signal, spent, during }) };
  } catch (error) {
    options.signal.throwIfAborted();
    if (deadline.aborted) {
      // Who got a turn only just before the deadline has not been kept waiting by the target.
      const late = (spent.get('turn') ?? 0) > options.timeoutMs / 2;
      return {
        ok: false,
        failure: silence(late ? 'turn' : phase, sought, sent, options.timeoutMs),
      };
    }
    if (error instanceof OutboundError) {
      return { ok: false, failure: { ...error.failure, sent } };
    }
    const failure = failureOf(error, phase, sought);
    if (failure === null) throw error;
    return { ok: false, failure: { ...failure, sent: sent && !isUnsendable(failure.code) } };
  }
}

function silence(phase: Phase, name: string, sent: boolean, timeoutMs: number): OutboundFailure {
  const common = { code: 'TIMEOUT', retry: true, sent };
  switch (phase) {
    case 'lookup':
      return { ...common, fault: 'ours', message: `${name} was not resolved in ${timeoutMs} ms` };
    case 'turn':
      return { ...common, fault: 'ours', message: 'Too many other connections were being made' };
    case 'connect':
    case 'tls':
    case 'response':
    case 'body':
      return { ...common, fault: 'target', message: `No answer within ${timeoutMs} ms` };
    default:
      return phase satisfies never;
  }
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
