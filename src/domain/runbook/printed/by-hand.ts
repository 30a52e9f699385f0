import { isJsonObject, objectOf, textOf, textsOf, type Json } from '#domain/json.ts';
import { readable, readableValue } from '#domain/runbook/graph/readable.ts';
import { codeBlock, codeSpan } from '#domain/runbook/markdown-code.ts';
import type { Runbook, Step } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';

import { configurationByHand } from './configuration-by-hand.ts';
import { httpByHand } from './http-by-hand.ts';
import { metricByHand } from './metric-by-hand.ts';
import { prose, proseLine } from './prose.ts';
import { shellWord } from './shell-word.ts';

/** How a person does what a step does, as paragraphs of Markdown; `parallel` is its children. */
export function byHand(runbook: Runbook, step: Step, settings: Settings | null): readonly string[] {
  const show = (value: Json | undefined) => readableValue(value ?? '', runbook.inputs);
  const given = step.with;
  switch (step.uses) {
    case 'check.http':
    case 'check.load':
    case 'http.request':
      return httpByHand(step, runbook.inputs);
    case 'check.metric':
      return metricByHand(runbook, step, settings);
    case 'check.config':
      return configurationByHand(step, runbook.inputs);
    case 'check.tls': {
      const [host, port] = [show(given['host']), show(given['port'] ?? 443)];
      const name = show(given['servername'] ?? given['host']);
      return [
        `The certificate must be trusted, and good for ${show(given['minDaysLeft'] ?? 14)} more days:`,
        codeBlock(
          `openssl s_client -connect ${shellWord(`${host}:${port}`)} -servername ${shellWord(name)} -verify_return_error </dev/null | openssl x509 -noout -enddate`,
          'sh',
        ),
      ];
    }
    case 'check.dns': {
      const expected = given['expect'] === undefined ? '' : ` ${codeSpan(show(given['expect']))}`;
      return [
        expected === '' ? 'There must be an answer:' : `The answer must have${expected}:`,
        codeBlock(
          `dig +short ${shellWord(show(given['name']))} ${show(given['type'] ?? 'A')}`,
          'sh',
        ),
      ];
    }
    case 'check.tcp':
      return [
        'It must connect:',
        codeBlock(
          `nc -vz ${shellWord(show(given['host']))} ${shellWord(show(given['port']))}`,
          'sh',
        ),
      ];
    case 'deploys.list':
      return [
        `List the last ${show(given['limit'] ?? 10)} deployments. **Suspect** is the newest that finished within an hour before the trouble began.`,
      ];
    case 'changes.list':
      return [
        `List commits, files and pull requests ${rangeOf(show(given['from']), show(given['to']))}.`,
      ];
    case 'flags.get':
      return [`Read the feature flag ${codeSpan(show(given['flag']))}.`];
    case 'flags.set':
      return [
        `**Writes.** Set the feature flag ${codeSpan(show(given['flag']))} to ${codeSpan(show(given['value']))}.`,
      ];
    case 'deploys.rollback':
      return [
        given['to'] === undefined
          ? '**Writes.** Roll back to the newest earlier deployment of another build that succeeded, ran for ten minutes or more and was never rolled back from.'
          : `**Writes.** Roll back to the deployment ${codeSpan(show(given['to']))}.`,
      ];
    case 'deploys.freeze':
      return ['**Writes.** Stop all deployments of this service.'];
    case 'deploys.unfreeze':
      return ['**Writes.** Allow deployments of this service again.'];
    case 'choose':
      return [`**${proseLine(readable(textOf(given['question']), runbook.inputs))}**`];
    case 'form':
      return [
        `**${proseLine(readable(textOf(given['question']), runbook.inputs))}**`,
        Object.entries(objectOf(given['fields']))
          .map(([name, field]) => `- ${fieldLine(name, field)} ________`)
          .join('\n'),
      ];
    case 'manual':
      return [prose(readable(textOf(given['instructions']), runbook.inputs))];
    case 'notify':
      return [
        `Tell ${textsOf(given['to'])
          .map((to) => `**${proseLine(readable(to, runbook.inputs))}**`)
          .join(' and ')}:`,
        quote(show(given['text'])),
      ];
    case 'incident.declare':
      return [`Declare an incident: **${proseLine(show(given['title']))}**, unless there is one.`];
    case 'incident.severity':
      return [`Set the severity to **${proseLine(show(given['severity']))}**.`];
    case 'incident.update':
      return ['Send an update:', quote(show(given['text']))];
    case 'incident.resolve':
      return resolving(show(given['cause']), textsOf(given['followUps']).map(show));
    case 'runbook':
      return [
        `Follow the runbook ${codeSpan(show(given['id']))}${inputsText(given['inputs'], show)}.`,
      ];
    default:
      return [];
  }
}

function rangeOf(from: string, to: string): string {
  if (from === '' && to === '') return 'of the suspect';
  return `from ${from === '' ? 'the commit before' : codeSpan(from)} to ${to === '' ? "the suspect's" : codeSpan(to)}`;
}

function resolving(cause: string, followUps: readonly string[]): readonly string[] {
  return [
    'Resolve the incident, if you agree that it is over.',
    ...(cause === '' ? [] : [quote(`Cause: ${cause}`)]),
    ...(followUps.length === 0
      ? []
      : [`Afterwards:\n\n${followUps.map((one) => `- [ ] ${proseLine(one)}`).join('\n')}`]),
  ];
}

function quote(text: string): string {
  return `> ${prose(text).replaceAll('\n', '\n> ')}`;
}

function fieldLine(name: string, field: Json): string {
  const { title, description } = objectOf(field);
  const about = textOf(description);
  return `${proseLine(textOf(title, name))}${about === '' ? '' : ` (${proseLine(about)})`}:`;
}

function inputsText(inputs: Json | undefined, show: (value: Json) => string): string {
  if (!isJsonObject(inputs)) return '';
  const list = Object.entries(inputs).map(([name, value]) => `${name} ${codeSpan(show(value))}`);
  return list.length === 0 ? '' : ` with ${list.join(', ')}`;
}
