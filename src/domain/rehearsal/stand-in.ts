import { isJsonArray, objectOf, type JsonObject } from '#domain/json.ts';
import type { Run } from '#domain/run/state.ts';
import type { Runbook, RunbookDocument, Step } from '#domain/runbook/runbook.ts';

import type { Mock, RehearsalCase } from './rehearsal-case.ts';

/** Instead of the digest of a file. */
const STAND_IN = 'stand-in';

type Called = Readonly<Record<string, RunbookDocument>>;
type Cast = { runbook: Runbook; called: Called };

/**
 * Where a step calls a runbook and has a mock, a stand-in is called in its place: checks that
 * measure the mock, so that the verdict and the outputs of the call are those of the mock. The
 * inputs of the call are still checked against the runbook that it names.
 */
export function withStandIns(cast: Cast, mocks: RehearsalCase['mocks'] = {}, around = ''): Cast {
  const added: Record<string, RunbookDocument> = {};
  const steps = cast.runbook.steps.map((step): Step => {
    const place = `${around}${step.id}`;
    const recast = step.uses === 'runbook' ? castFor(step, place, cast, mocks) : null;
    if (recast === null) return step;
    Object.assign(added, recast.called);
    return recast.step;
  });
  if (Object.keys(added).length === 0) return cast;
  return { runbook: { ...cast.runbook, steps }, called: { ...cast.called, ...added } };
}

/** The step with another runbook to call, under an id that no real one can have; null: as it is. */
function castFor(
  step: Step,
  place: string,
  { runbook, called }: Cast,
  mocks: NonNullable<RehearsalCase['mocks']>,
): { step: Step; called: Called } | null {
  const { id, inputs } = step.with;
  const real = typeof id === 'string' ? called[id] : undefined;
  const key = `${place} of ${runbook.id}`;
  const mock = mocks[place];
  if (mock !== undefined) {
    const document = standIn(step, real?.runbook ?? { ...runbook, inputs: {} }, mock);
    const given = real === undefined || inputs === undefined ? {} : { inputs };
    return { step: { ...step, with: { id: key, ...given } }, called: { [key]: document } };
  }
  if (real === undefined || !Object.keys(mocks).some((one) => one.startsWith(`${place}.`))) {
    return null;
  }
  const inner = { runbook: real.runbook, called };
  const recast = withStandIns(inner, mocks, `${place}.`);
  if (recast === inner) return null;
  return {
    step: { ...step, with: { ...step.with, id: key } },
    called: { ...recast.called, [key]: { ...real, runbook: recast.runbook } },
  };
}

function standIn(step: Step, played: Runbook, mock: Mock | readonly Mock[]): RunbookDocument {
  const mocks: readonly JsonObject[] = isJsonArray(mock) ? mock.map(objectOf) : [mock];
  const outputs = new Map<string, Set<string>>();
  for (const [id, values] of mocks.flatMap((one) => Object.entries(objectOf(one['outputs'])))) {
    const names = outputs.get(id) ?? new Set<string>();
    outputs.set(id, new Set([...names, ...Object.keys(objectOf(values))]));
  }
  if (outputs.size === 0) outputs.set(step.id, new Set());
  const steps = [...outputs].map(([id, names]) => standInCheck(step, id, [...names]));
  const runbook = { ...played, title: step.title, steps };
  return { runbook, digest: STAND_IN, file: '', commit: null };
}

function standInCheck({ title }: Step, id: string, outputs: readonly string[]): Step {
  const output = (name: string) =>
    [name, `result.outputs[${JSON.stringify(id)}][${JSON.stringify(name)}]`] as const;
  return {
    id,
    title,
    why: null,
    uses: 'check.http',
    repeats: null,
    if: null,
    with: {},
    pass: 'result.verdict == "pass"',
    fail: 'result.verdict == "fail"',
    noData: 'inconclusive',
    finding: {},
    outputs: Object.fromEntries(outputs.map(output)),
    timeout: null,
    retry: { attempts: 1, backoff: '1s' },
    watch: null,
    foreach: null,
    steps: [],
    approval: null,
    fallback: null,
    next: {},
  };
}

export function isStandIn(run: Run): boolean {
  return run.document.digest === STAND_IN;
}

/** The mock is used up by the last check of a stand-in; those before it read the same one. */
export function isLastOfStandIn(run: Run, path: string): boolean {
  return run.document.runbook.steps.at(-1)?.id === path;
}
