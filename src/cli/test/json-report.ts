import type { TestReport } from './test-report.ts';

/** The public shape; durations are seconds, `elapsed` is virtual time. */
export function jsonReport({ cases, coverage }: TestReport, withCoverage: boolean): object {
  const failed = cases.filter(({ failures }) => failures.length > 0).length;
  return {
    schemaVersion: 1,
    passed: cases.length - failed,
    failed,
    cases: cases.map(({ runbook, name, place, failures, path, durationMs, elapsedMs }) => ({
      runbook,
      name,
      ok: failures.length === 0,
      duration: Math.round(durationMs) / 1_000,
      elapsed: elapsedMs / 1_000,
      path,
      file: place.file,
      line: place.line,
      column: place.column,
      failures,
    })),
    ...(withCoverage && { coverage }),
  };
}
