import { looksSecret } from '#domain/configuration/secret-key.ts';
import { condition } from '#domain/expressions/evaluate.ts';
import type { Scope } from '#domain/expressions/scope.ts';
import { isJsonObject, textOf, type JsonObject } from '#domain/json.ts';
import { inputsOf } from '#domain/run/inputs-of-step.ts';
import { judge, type Judgement } from '#domain/run/judge.ts';
import { attemptTimeoutMs, measureAgainInMs } from '#domain/run/read.ts';
import { resultOf } from '#domain/run/scope.ts';
import type { Step } from '#domain/runbook/runbook.ts';
import type { Measurement } from '#ports/checks.ts';

import type { At, Checking, Ending, Level } from './checking.ts';
import { connectionsOf } from './connections.ts';

/** Measures as a run does: as many attempts, as long, and judged by the same rules. */
export async function checkRead(
  checking: Checking,
  level: Level,
  { step, scope }: At,
  signal: AbortSignal,
): Promise<Ending> {
  const inputs = inputsOf(step, scope);
  if (!inputs.ok) return { status: 'failed', verdict: 'inconclusive', text: inputs.error };
  const measurement = await measureWithRetries(checking, level, step, inputs.value, scope, signal);
  const result = resultOf(measurement);
  const { verdict, why } = judgeSample(step, inputs.value, measurement, scope);
  return {
    status: result === null ? 'failed' : 'succeeded',
    verdict,
    text: why,
    evidence: { with: withoutCredentials(inputs.value), ...(result !== null && { result }) },
    ...(result !== null && { result }),
  };
}

async function measureWithRetries(
  checking: Checking,
  level: Level,
  step: Step,
  inputs: JsonObject,
  scope: Scope,
  signal: AbortSignal,
): Promise<Measurement> {
  const [connection] = connectionsOf(step.uses, inputs, level.service, checking.deps.settings());
  const polite = connection === undefined ? null : checking.turnFor(connection);
  const inTurn = () => checking.turn(() => measure(checking, level, step, inputs, scope, signal));
  for (let attempt = 1; ; attempt += 1) {
    const measurement = await (polite === null ? inTurn() : polite(inTurn));
    const again = measureAgainInMs(step, scope, measurement, attempt);
    if (again === null) return measurement;
    await checking.deps.clock.pause(again, signal);
  }
}

/** A header may be one; those of a connection never stand in `with`. */
function withoutCredentials(inputs: JsonObject): JsonObject {
  const { headers } = inputs;
  if (!isJsonObject(headers)) return inputs;
  const shown = Object.entries(headers).map(([name, value]) => [
    name,
    looksSecret(name) ? '[secret]' : value,
  ]);
  return { ...inputs, headers: Object.fromEntries(shown) };
}

/** A fault of our own is no data: it says nothing of the target. */
async function measure(
  { deps, startedAt }: Checking,
  level: Level,
  { id, uses, ...step }: Step,
  inputs: JsonObject,
  scope: Scope,
  signal: AbortSignal,
): Promise<Measurement> {
  try {
    return await deps.checks.measure(
      {
        uses,
        with: inputs,
        service: textOf(inputs['service'], level.service),
        environment: textOf(inputs['environment'], level.environment),
        startedAt,
        inputs: level.inputs,
        mode: 'dryRun',
      },
      { timeoutMs: attemptTimeoutMs({ ...step, id, uses }, scope), signal },
    );
  } catch (error) {
    signal.throwIfAborted();
    deps.log.error({ error, step: id, uses }, 'a check could not be made');
    return { kind: 'unavailable', message: 'The check itself failed.', retry: false };
  }
}

/** A watch is looked at once: how long it must hold is for a run to see. */
function judgeSample(
  step: Step,
  inputs: JsonObject,
  measurement: Measurement,
  scope: Scope,
): Judgement {
  const judged = judge(step, inputs, measurement, scope);
  const giveUpWhen = step.watch?.giveUpWhen ?? null;
  const value = resultOf(measurement);
  if (giveUpWhen === null || value === null) return judged;
  const givenUp = condition(giveUpWhen, { ...scope, result: { uses: step.uses, value } });
  return givenUp.ok && givenUp.value ? { verdict: 'fail', why: `${judged.why}; given up` } : judged;
}
