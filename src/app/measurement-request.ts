import { textOf, type JsonObject } from '#domain/json.ts';
import type { Run } from '#domain/run/state.ts';
import type { MeasurementRequest } from '#ports/checks.ts';

/** What a check of a run asks for: at the run's place, unless its step names another. */
export function measurementRequest(run: Run, uses: string, given: JsonObject): MeasurementRequest {
  return {
    uses,
    with: given,
    service: textOf(given['service'], run.service),
    environment: textOf(given['environment'], run.environment),
    startedAt: run.since,
    inputs: run.inputs,
    mode: run.mode,
  };
}
