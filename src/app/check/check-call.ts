import { objectOf, textOf } from '#domain/json.ts';
import { calledWords } from '#domain/run/call.ts';
import { inputsOf } from '#domain/run/inputs-of-step.ts';
import { resolveInputs } from '#domain/run/inputs.ts';
import { worst } from '#domain/run/verdict.ts';

import { checkLevel } from './check-level.ts';
import type { At, Checking, Ending, Level } from './checking.ts';

/** Checks a called runbook in its place. Its verdict is the worst of its own checks. */
export async function checkCall(
  checking: Checking,
  level: Level,
  { step, place, whole, scope }: At,
  signal: AbortSignal,
): Promise<Ending> {
  const resolved = inputsOf(step, scope);
  if (!resolved.ok) return noData(resolved.error);
  const id = textOf(resolved.value['id']);
  const runbook = await checking.deps.runbook(id);
  if (runbook === null) return noData(`There is no runbook ${id}.`);
  if (level.callers.includes(id)) return noData(`The runbook ${id} would call itself.`);
  const inputs = resolveInputs(runbook, objectOf(resolved.value['inputs']));
  if (!inputs.ok) return noData(inputs.error);

  const called: Level = {
    runbook,
    inputs: inputs.value,
    service: runbook.service,
    environment: textOf(inputs.value['environment'], level.environment),
    callers: [...level.callers, id],
  };
  const { steps, verdicts, outputs } = await checkLevel(checking, called, { place, whole }, signal);
  const verdict = worst(verdicts);
  return {
    status: 'succeeded',
    verdict,
    text: calledWords[verdict],
    result: { verdict, outputs },
    nested: steps,
  };
}

function noData(text: string): Ending {
  return { status: 'failed', verdict: 'inconclusive', text };
}
