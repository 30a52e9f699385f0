import { isJsonObject, objectOf, textOf, type Json, type JsonObject } from '#domain/json.ts';
import { readableValue } from '#domain/runbook/graph/readable.ts';
import { codeSpan } from '#domain/runbook/markdown-code.ts';
import type { Runbook, Step } from '#domain/runbook/runbook.ts';

type Inputs = Runbook['inputs'];

/** Where to read the configuration, and what each of its keys must be. */
export function configurationByHand(step: Step, inputs: Inputs): readonly string[] {
  const { source, rules, parity, diff } = step.with;
  const keys = Object.entries(objectOf(rules)).map(
    ([key, rule]) => `- ${codeSpan(key)}: ${ruleWords(objectOf(rule), inputs).join('; ')}`,
  );
  return [
    `Read the configuration of ${sourceWords(source, inputs)}.${keys.length === 0 ? '' : ' Each of these must hold:'}`,
    ...(keys.length === 0 ? [] : [keys.join('\n')]),
    ...(isJsonObject(parity)
      ? [`It must have every key that ${sourceWords(parity['with'], inputs)} has.`]
      : []),
    ...(isJsonObject(diff)
      ? [`Look at what changed since ${sourceWords(diff['against'], inputs)}.`]
      : []),
  ];
}

function sourceWords(source: Json | undefined, inputs: Inputs): string {
  const { deployment, environment, env, file, path, connection, ref } = objectOf(source);
  const show = (value: Json) => codeSpan(readableValue(value, inputs));
  if (env === true) return 'this process';
  if (file !== undefined) return `the file ${show(file)}`;
  if (path !== undefined) {
    return `the file ${show(path)}${ref === undefined ? '' : ` at ${show(ref)}`} of ${show(connection ?? '')}`;
  }
  const where = environment === undefined ? '' : ` in ${show(environment)}`;
  if (deployment === undefined) return `what runs${where}`;
  const named = ['current', 'previous', 'suspect'].includes(textOf(deployment));
  return named
    ? `the ${textOf(deployment)} deployment${where}`
    : `the deployment ${show(deployment)}${where}`;
}

function ruleWords(rule: JsonObject, inputs: Inputs): readonly string[] {
  const show = (value: Json) => codeSpan(readableValue(value, inputs));
  const {
    required,
    type,
    enum: allowed,
    pattern,
    minimum,
    maximum,
    secret,
    url,
    resolves,
    reachable,
  } = rule;
  return [
    ...(required === true ? ['is there'] : []),
    ...(type === undefined ? [] : [`is of the type ${textOf(type)}`]),
    ...(allowed === undefined ? [] : [`is one of ${show(allowed)}`]),
    ...(pattern === undefined ? [] : [`matches ${show(pattern)}`]),
    ...(minimum === undefined ? [] : [`is at least ${show(minimum)}`]),
    ...(maximum === undefined ? [] : [`is at most ${show(maximum)}`]),
    ...(isJsonObject(url) ? urlWords(url, show) : []),
    ...(resolves === true ? ['has a host with an address'] : []),
    ...(reachable === true ? ['answers'] : []),
    ...(secret === true ? ['is a secret: never write it down'] : []),
  ];
}

function urlWords(url: JsonObject, show: (value: Json) => string): readonly string[] {
  const { scheme, host, port, path, notMatching } = url;
  return [
    ...Object.entries({ scheme, host, port, path }).flatMap(([name, value]) => {
      if (value === undefined) return [];
      const shown = show(value);
      return [`its ${name} is ${shown.includes(', ') ? 'one of ' : ''}${shown}`];
    }),
    ...(notMatching === undefined ? [] : [`does not match ${show(notMatching)}`]),
  ];
}
