import { z } from 'zod';

import { isJsonObject, type Json, type JsonObject } from '#domain/json.ts';

import { stepKinds } from './kinds/registry.ts';
import { RunbookFile } from './runbook-file.ts';
import { RunbookTestFile } from './runbook-test-file.ts';
import { SettingsFile } from './settings-file.ts';

/** JSON Schemas of the three kinds of file, by file name: what an editor completes and underlines. */
export function jsonSchemas(): Readonly<Record<string, JsonObject>> {
  return {
    'runbook.json': withKinds(schemaOf(RunbookFile, 'A runbook of Handrail')),
    'settings.json': schemaOf(SettingsFile, 'The settings of Handrail'),
    'runbook-test.json': schemaOf(RunbookTestFile, 'Tests of a runbook of Handrail'),
  };
}

function schemaOf(schema: z.ZodType, title: string): JsonObject {
  const generated: Json = JSON.parse(
    JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })),
  );
  return isJsonObject(generated) ? { title, ...generated } : {};
}

/** Adds to each step: if it `uses` a kind, its `with` is that of the kind, or a template. */
function withKinds(schema: JsonObject): JsonObject {
  const names = stepKinds.map(({ name }) => name);
  const choices = names.map((name) => conditional(name, { $ref: `#/$defs/${name}` }));
  const extended = visit(schema, (node) => {
    const { properties } = node;
    if (!isJsonObject(properties) || !('uses' in properties) || !('repeat' in properties)) {
      return node;
    }
    const uses = isJsonObject(properties['uses']) ? properties['uses'] : {};
    return {
      ...node,
      properties: { ...properties, uses: { ...uses, enum: names } },
      allOf: choices,
    };
  });
  const inputs = stepKinds.map((kind) => [kind.name, templatesAllowed(schemaOf(kind.with, ''))]);
  const defs = isJsonObject(extended['$defs']) ? extended['$defs'] : {};
  return { ...extended, $defs: { ...defs, ...Object.fromEntries(inputs) } };
}

function conditional(kind: string, inputs: JsonObject): JsonObject {
  return {
    if: { properties: { uses: { const: kind } }, required: ['uses'] },
    // oxlint-disable-next-line unicorn/no-thenable -- a word of JSON Schema
    then: { properties: { with: inputs } },
  };
}

/** Wherever a value is no text, a text with an expression may stand as well. */
function templatesAllowed(schema: JsonObject): JsonObject {
  const { $schema: _of, title: _title, ...rest } = schema;
  return visit(rest, (node) => {
    const { type } = node;
    if (type !== 'integer' && type !== 'number' && type !== 'boolean' && !hasPattern(node)) {
      return node;
    }
    const { description, ...bare } = node;
    return {
      ...(description === undefined ? {} : { description }),
      anyOf: [bare, { type: 'string', pattern: '\\$\\{\\{' }],
    };
  });
}

function hasPattern(node: JsonObject): boolean {
  return node['type'] === 'string' && ('pattern' in node || 'enum' in node);
}

/** Rebuilds a schema from its leaves up. */
function visit(node: JsonObject, change: (node: JsonObject) => JsonObject): JsonObject {
  const entries = Object.entries(node).map(([key, value]) => [key, visitValue(value, change)]);
  return change(Object.fromEntries(entries));
}

function visitValue(value: Json, change: (node: JsonObject) => JsonObject): Json {
  if (isJsonObject(value)) return visit(value, change);
  return Array.isArray(value) ? value.map((item: Json) => visitValue(item, change)) : value;
}
