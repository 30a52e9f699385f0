import { objectOf, textOf, type Json } from '#domain/json.ts';
import { readable, readableValue } from '#domain/runbook/graph/readable.ts';
import { codeBlock, codeSpan } from '#domain/runbook/markdown-code.ts';
import type { Runbook, Step } from '#domain/runbook/runbook.ts';

import { shellWord } from './shell-word.ts';

type Inputs = Runbook['inputs'];

/** A request as a command, and what its answer must be. */
export function httpByHand(step: Step, inputs: Inputs): readonly string[] {
  const { rate, duration } = step.with;
  const command = codeBlock(curl(step, inputs), 'sh');
  if (step.uses === 'http.request') return ['**Writes.** Send this request:', command];
  if (step.uses === 'check.load') {
    const load = `${readableValue(rate ?? '', inputs)} times a second for ${readableValue(duration ?? '', inputs)}`;
    return [`Send this request ${load}, never to production. None may fail:`, command];
  }
  return ['Send this request:', command, ...expectations(objectOf(step.with['expect']), inputs)];
}

function curl({ with: given, uses }: Step, inputs: Inputs): string {
  const method = textOf(given['method'], uses === 'http.request' ? 'POST' : 'GET');
  const headers = Object.entries(objectOf(given['headers'])).map(
    ([name, value]) => `-H ${shellWord(`${name}: ${readableValue(value, inputs)}`)}`,
  );
  return [
    'curl -sS -i',
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    ...headers,
    ...bodyOf(given['body'], inputs),
    shellWord(readable(textOf(given['url']), inputs)),
  ].join(' ');
}

/** Text is sent as it is, anything else as JSON; see the kind. */
function bodyOf(body: Json | undefined, inputs: Inputs): readonly string[] {
  if (body === undefined) return [];
  if (typeof body === 'string') return [`--data-raw ${shellWord(readable(body, inputs))}`];
  const json = readable(JSON.stringify(body), inputs);
  return [`-H ${shellWord('content-type: application/json')}`, `--data-raw ${shellWord(json)}`];
}

function expectations(expect: Readonly<Record<string, Json>>, inputs: Inputs): readonly string[] {
  const { status, maxDuration, bodyMatches, json } = expect;
  const lines = [
    `The status is ${status === undefined ? 'any 2xx' : readableValue(status, inputs)}.`,
    ...(maxDuration === undefined
      ? []
      : [`The answer is there within ${readableValue(maxDuration, inputs)}.`]),
    ...(bodyMatches === undefined
      ? []
      : [`The body matches ${codeSpan(readableValue(bodyMatches, inputs))}.`]),
    ...(typeof json === 'string' ? [`Of the body, ${codeSpan(json)}.`] : []),
  ];
  return [lines.map((line) => `- ${line}`).join('\n')];
}
