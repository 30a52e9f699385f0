import { readFile } from 'node:fs/promises';

import { parse } from 'yaml';

import { CliError } from '#cli/cli-error.ts';
import { usageError } from '#cli/usage-error.ts';
import { isJsonObject, type Json, type JsonObject } from '#domain/json.ts';
import { resolveInputs } from '#domain/run/inputs.ts';
import { closest } from '#domain/runbook/did-you-mean.ts';
import type { InputSpec, Runbook } from '#domain/runbook/runbook.ts';

/**
 * The inputs of a runbook from the command line: `--input` goes before `--input-file`, which goes
 * before `defaults`. Everything that is wrong is told at once.
 */
export async function readInputs(
  runbook: Runbook,
  given: { pairs: readonly string[]; file: string | undefined; defaults: JsonObject },
): Promise<JsonObject> {
  const inFile = given.file === undefined ? {} : await readInputFile(given.file);
  const pairs = given.pairs.map((pair) => readPair(pair, runbook));
  const named = { ...inFile, ...Object.fromEntries(pairs) };
  const problems = Object.keys(named).flatMap((name) =>
    Object.hasOwn(runbook.inputs, name) ? [] : [unknownInput(name, runbook)],
  );
  if (problems.length > 0) throw usageError(problems.join('\n'));
  const inputs = resolveInputs(runbook, { ...given.defaults, ...named });
  if (!inputs.ok) throw usageError(`inputs of ${runbook.id}: ${inputs.error}`);
  return inputs.value;
}

function unknownInput(name: string, { id, inputs }: Runbook): string {
  const known = Object.keys(inputs);
  const guess = closest(name, known);
  const hint =
    guess !== null
      ? `did you mean "${guess}"?`
      : known.length === 0
        ? 'it has none.'
        : `it has ${known.join(', ')}.`;
  return `${id} has no input "${name}": ${hint}`;
}

function readPair(pair: string, { inputs }: Runbook): readonly [string, Json] {
  const at = pair.indexOf('=');
  if (at < 1) throw usageError(`--input is written name=value, not '${pair}'.`);
  const name = pair.slice(0, at);
  const text = pair.slice(at + 1);
  const spec = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
  return [name, spec === undefined ? text : typed(name, text, spec)];
}

/** By the type of the input; what does not fit stays text, and is refused with the others. */
function typed(name: string, text: string, { type }: InputSpec): Json {
  switch (type) {
    case 'string':
    case 'duration':
      return text;
    case 'integer':
    case 'number':
      return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : text;
    case 'array':
    case 'object':
      return json(name, text);
    default:
      return type satisfies never;
  }
}

function json(name: string, text: string): Json {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    throw usageError(`--input ${name} is a list or a map: write it as JSON, not '${text}'.`);
  }
}

/** JSON is YAML. */
async function readInputFile(file: string): Promise<JsonObject> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) throw new CliError(`The input file ${file} can't be read.`);
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 20, schema: 'core' });
  } catch (error) {
    const [why] = error instanceof Error ? error.message.split('\n') : [];
    throw new CliError(`The input file ${file} is neither JSON nor YAML: ${why ?? 'unreadable'}`);
  }
  // Through JSON and back: what only YAML can say, such as a map with numbers as keys, becomes plain.
  const plain: unknown = JSON.parse(JSON.stringify(value ?? {}));
  if (isJsonObject(plain)) return plain;
  throw new CliError(`The input file ${file} is no map of names to values.`);
}
