import { checkRunbook } from '#app/check/check-runbook.ts';
import type { CheckDeps } from '#app/check/checking.ts';
import type { CheckReport } from '#app/check/report.ts';
import type { Selection } from '#app/check/selection.ts';
import type { JsonObject } from '#domain/json.ts';
import { resolveInputs } from '#domain/run/inputs.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import type { Measurement, MeasurementRequest } from '#ports/checks.ts';
import { runbookOf, settings } from '#test/support/runbooks.ts';

export type Given = {
  /** What a measurement comes to. Default: a healthy answer of every kind. */
  measure?: (
    request: MeasurementRequest,
    signal: AbortSignal,
  ) => Measurement | Promise<Measurement>;
  plan?: CheckDeps['planWrite'];
  called?: readonly Runbook[];
  inputs?: JsonObject;
  selection?: Partial<Selection>;
  head?: string;
  signal?: AbortSignal;
};

export const healthy: JsonObject = {
  status: 200,
  duration: '5ms',
  connected: true,
  answers: ['192.0.2.1'],
  value: 0,
  violations: [],
};

export function measured(result: JsonObject = healthy): Measurement {
  return { kind: 'measured', result, summary: 'measured' };
}

/** Checks a runbook of these steps in a world where a measurement is a function and time stands still. */
export async function check(
  steps: string,
  given: Given = {},
): Promise<{ report: CheckReport; asked: MeasurementRequest[]; pauses: number[] }> {
  const runbook = runbookOf(steps, given.head);
  const asked: MeasurementRequest[] = [];
  const pauses: number[] = [];
  const deps: CheckDeps = {
    checks: {
      async measure(request, { signal }) {
        asked.push(request);
        signal.throwIfAborted();
        return (await given.measure?.(request, signal)) ?? measured();
      },
    },
    planWrite: given.plan ?? (async () => ({ kind: 'noTarget', message: 'nothing to go back to' })),
    runbook: async (id) => [runbook, ...(given.called ?? [])].find((one) => one.id === id) ?? null,
    settings: () => settings,
    clock: {
      now: () => new Date('2026-11-24T09:00:00.000Z'),
      pause: async (ms) => void pauses.push(ms),
      deadline: (ms) => AbortSignal.timeout(ms),
    },
    log: { info: () => {}, warn: () => {}, error: () => {} },
  };
  const inputs = resolveInputs(runbook, given.inputs ?? {});
  if (!inputs.ok) throw new Error(inputs.error);
  const report = await checkRunbook(
    deps,
    {
      runbook,
      inputs: inputs.value,
      selection: { only: null, skip: [], ...given.selection },
      onStep: () => {},
    },
    given.signal ?? new AbortController().signal,
  );
  return { report, asked, pauses };
}

/** The verdicts by id; null for a step that counts for nothing. */
export function verdictsOf({ steps }: CheckReport): Record<string, string | null> {
  return Object.fromEntries(steps.map(({ id, verdict }) => [id, verdict]));
}

export function tcp(id: string, more = ''): string {
  return `  - {id: ${id}, title: ${id}, uses: check.tcp, with: {host: ${id}.example, port: 80}${more}}`;
}

export const down: Measurement = {
  kind: 'unreachable',
  code: 'ECONNREFUSED',
  message: 'refused',
  result: { connected: false, error: 'ECONNREFUSED' },
};
