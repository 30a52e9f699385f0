import { textOf, type JsonObject } from '#domain/json.ts';
import type { Run } from '#domain/run/state.ts';
import type { MeasurementRequest } from '#ports/checks.ts';

import type { WriteRequest } from './writes/write-kind.ts';

type Asked = { uses: string; with: JsonObject };

/** What a step of a run asks for: at the run's place, unless the step names another. */
export function writeRequest(run: Run, { uses, with: given }: Asked): WriteRequest {
  return {
    uses,
    with: given,
    service: textOf(given['service'], run.service),
    environment: textOf(given['environment'], run.environment),
    mode: run.mode,
    startedAt: run.since,
  };
}

/** The same for a check, which sees the run's inputs, too. */
export function measurementRequest(run: Run, asked: Asked): MeasurementRequest {
  return { ...writeRequest(run, asked), inputs: run.inputs };
}
