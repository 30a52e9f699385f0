import type { Json, JsonObject } from '#domain/json.ts';
import type { InputSpec } from '#domain/runbook/runbook.ts';

/** What a step has become so far, as expressions see it under `steps.<id>`. */
export type StepFacts = {
  uses: string;
  status: string | null;
  verdict: 'pass' | 'fail' | 'inconclusive' | null;
  result: JsonObject | null;
  outputs: JsonObject;
  /** The nested steps of a `parallel`, one for each item; `item` is null without `foreach`. */
  children?: readonly ChildFacts[];
};

export type ChildFacts = {
  id: string;
  item: Json;
  uses: string;
  status: string | null;
  verdict: string | null;
  result: JsonObject | null;
};

/**
 * Everything an expression may name. Values are stored JSON: a duration is its spelling (`80ms`)
 * and becomes a CEL duration where an input's spec or the result schema of its kind says so.
 */
export type Scope = {
  inputs: JsonObject;
  inputSpecs: Readonly<Record<string, InputSpec>>;
  steps: Readonly<Record<string, StepFacts>>;
  result?: { uses: string; value: JsonObject };
  plan?: JsonObject;
  incident?: JsonObject;
  run?: JsonObject;
  alert?: JsonObject;
  /** The item of `foreach`, under the name that the step gave it. */
  item?: { name: string; value: Json };
  /** A response body, for `expect.json`. */
  body?: Json;
};

/** `error` is one short sentence without a stack or a source excerpt. */
export type Evaluated<T = Json> = { ok: true; value: T } | { ok: false; error: string };
