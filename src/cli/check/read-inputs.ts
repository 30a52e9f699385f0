import { readFile } from 'node:fs/promises';

import { CliError } from '#cli/cli-error.ts';
import { typedInputs } from '#cli/input-flags.ts';
import { usageError } from '#cli/usage-error.ts';
import { isJsonObject, type JsonObject } from '#domain/json.ts';
import { resolveInputs } from '#domain/run/inputs.ts';
import { closest } from '#domain/runbook/did-you-mean.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';

/**
 * The inputs of a runbook from the command line: `--input` goes before `--input-file`, which goes
 * before `defaults`. Everything that is wrong is told at once.
 */
export async function readInputs(
  runbook: Runbook,
  given: {
    typed: Readonly<Record<string, string>>;
    file: string | undefined;
    defaults: JsonObject;
  },
): Promise<JsonObject> {
  const inFile = given.file === undefined ? {} : await readInputFile(given.file);
  const named = { ...inFile, ...typedInputs(given.typed, runbook.inputs) };
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

async function readInputFile(file: string): Promise<JsonObject> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) throw new CliError(`The input file ${file} can't be read.`);
  const value = file.endsWith('.json') ? readJson(text, file) : await readYaml(text, file);
  if (isJsonObject(value)) return value;
  throw new CliError(`The input file ${file} is no map of names to values.`);
}

function readJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(file, 'no JSON', error);
  }
}

/** JSON is YAML, and may stand in a file of another name. */
async function readYaml(text: string, file: string): Promise<unknown> {
  const { loadAll } = await import('js-yaml');
  try {
    const [value, ...more] = loadAll(text, { maxAliases: 20 });
    if (more.length > 0) throw new Error('it holds more than one document');
    // Through JSON and back: what only YAML can say, such as numbers as keys, becomes plain.
    return JSON.parse(JSON.stringify(value ?? {}));
  } catch (error) {
    throw unreadable(file, 'neither JSON nor YAML', error);
  }
}

function unreadable(file: string, is: string, error: unknown): CliError {
  const [why = 'unreadable'] = error instanceof Error ? error.message.split('\n') : [];
  return new CliError(`The input file ${file} is ${is}: ${why}`);
}
