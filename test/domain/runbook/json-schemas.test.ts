import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';

import { isJsonObject, textOf, type Json, type JsonObject } from '#domain/json.ts';
import { jsonSchemas } from '#domain/runbook/json-schemas.ts';
import { stepKinds } from '#domain/runbook/kinds/registry.ts';

const folder = path.resolve('runbooks');
const schemas = jsonSchemas();
const shipped = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => ({ file, text: readFileSync(path.join(folder, file), 'utf8') }));

const ajv = new Ajv({ validateFormats: false, allErrors: true, allowUnionTypes: true });
ajv.addVocabulary(['patternErrorMessage', 'enumDescriptions']);

/** What is wrong with a file of a kind, as `place keyword`. */
function errorsOf(schema: string, yaml: string): readonly string[] {
  const validate = ajv.compile(schemas[schema] ?? {});
  validate(load(yaml));
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
}

function schemaNamedBy(text: string): string {
  return /^# yaml-language-server: \$schema=(\S+)\n/.exec(text)?.[1] ?? '';
}

/** Calls back for each key that may stand in a file, with its place in the schema. */
function eachKey(node: Json, place: string, call: (key: Json, place: string) => void): void {
  if (Array.isArray(node)) {
    for (const [index, item] of node.entries()) eachKey(item, `${place}/${index}`, call);
  }
  if (!isJsonObject(node)) return;
  const isCondition = place.endsWith('/if') || place.endsWith('/then');
  for (const [name, value] of Object.entries(node)) {
    const named = name === 'properties' && !isCondition && isJsonObject(value) ? value : {};
    for (const [key, written] of Object.entries(named)) call(written, `${place}.${key}`);
    if (name !== 'default' && name !== 'examples') eachKey(value, `${place}/${name}`, call);
  }
}

const runbook = (step: string) => `
apiVersion: handrail/v1
kind: Runbook
id: try
title: Try
service: checkout
owner: payments
steps:
  - ${step}`;

describe('the JSON Schemas beside the runbooks', () => {
  it.each(Object.entries(schemas))('%s says what the code does', (file, schema) => {
    const written = readFileSync(path.join(folder, 'schema', file), 'utf8');
    expect(JSON.parse(written)).toEqual(schema);
  });

  it.each(Object.entries(schemas))('%s describes every key', (file, schema) => {
    const bare: string[] = [];
    eachKey(schema, file, (key, place) => {
      if (!isJsonObject(key) || typeof key['description'] !== 'string') bare.push(place);
    });
    expect(bare).toEqual([]);
  });

  it('are of the draft that editors know', () => {
    for (const schema of Object.values(schemas)) {
      expect(schema['$schema']).toBe('http://json-schema.org/draft-07/schema#');
    }
  });

  it('say what each kind of step does', () => {
    const found: JsonObject[] = [];
    eachKey(schemas['runbook.json'] ?? {}, '', (key, place) => {
      if (place.endsWith('.uses') && isJsonObject(key)) found.push(key);
    });
    expect(found).toHaveLength(2);
    for (const uses of found) {
      expect(uses['enum']).toEqual(stepKinds.map(({ name }) => name));
      const told = uses['enumDescriptions'];
      expect(Array.isArray(told) && told.filter((text) => text !== '')).toHaveLength(
        stepKinds.length,
      );
    }
  });

  it('say a default once as text and once as a value', () => {
    const wrong: string[] = [];
    for (const [file, schema] of Object.entries(schemas)) {
      eachKey(schema, file, (key, place) => {
        if (!isJsonObject(key) || key['default'] === undefined) return;
        const given = key['default'];
        const told = typeof given === 'string' ? given : JSON.stringify(given);
        if (!textOf(key['description']).endsWith(`Default: ${told}.`)) wrong.push(place);
      });
    }
    expect(wrong).toEqual([]);
  });
});

describe('the files that are shipped', () => {
  it.each(shipped)(
    '$file names its schema in the first line, and keeps to it',
    ({ file, text }) => {
      const named = path.resolve(folder, path.dirname(file), schemaNamedBy(text));
      const kind = /^kind: (\w+)$/m.exec(text)?.[1];
      const expected = { Runbook: 'runbook', Settings: 'settings', RunbookTest: 'runbook-test' };
      expect(path.relative(folder, named)).toBe(
        `schema/${Object.entries(expected).find(([name]) => name === kind)?.[1]}.json`,
      );
      expect(errorsOf(path.basename(named), text)).toEqual([]);
    },
  );
});

describe('an editor with the schema', () => {
  it.each([
    { step: '{id: a, uses: check.htp}', error: '/steps/0/uses enum' },
    { step: '{id: A, uses: manual, with: {instructions: x}}', error: '/steps/0/id pattern' },
    {
      step: '{id: a, uses: check.http, with: {ulr: x}}',
      error: '/steps/0/with additionalProperties',
    },
    { step: '{id: a, uses: check.http, with: {}}', error: '/steps/0/with required' },
    { step: '{id: a, uses: check.tls}', error: '/steps/0 required' },
    {
      step: '{id: a, uses: check.tls, with: {host: x}, next: {failed: end}}',
      error: '/steps/0/next additionalProperties',
    },
    {
      step: '{id: a, uses: manual, with: {instructions: x}, finding: {pass: x}}',
      error: '/steps/0/finding additionalProperties',
    },
    {
      step: '{id: a, uses: check.tls, with: {host: x, port: high}}',
      error: '/steps/0/with/port anyOf',
    },
    {
      step: '{id: a, uses: check.load, with: {url: "https://x", rate: 1, duration: soon}}',
      error: '/steps/0/with/duration anyOf',
    },
    { step: '{id: a, uses: deploys.list, wiht: {}}', error: '/steps/0 additionalProperties' },
    {
      step: '{id: a, uses: manual, with: {instructions: x}, timeout: 5 m}',
      error: '/steps/0/timeout pattern',
    },
    {
      step: '{id: a, uses: parallel, steps: [{id: b, uses: check.tcp, with: {host: x}}]}',
      error: '/steps/0/steps/0/with required',
    },
  ])('underlines $error', ({ step, error }) => {
    expect(errorsOf('runbook.json', runbook(step))).toContain(error);
  });

  it.each([
    '{id: a, uses: check.tls, with: {host: x, port: "${{ inputs.port }}"}}',
    '{id: a, uses: manual, with: {instructions: x}, timeout: "${{ inputs.wait }}"}',
    '{id: a, uses: manual, with: {instructions: x}, timeout: 1h30m}',
    '{id: a, repeat: b}',
  ])('takes %s', (step) => {
    expect(errorsOf('runbook.json', runbook(step))).toEqual([]);
  });
});
