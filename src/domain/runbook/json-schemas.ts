import { z } from 'zod';

import { isJsonObject, objectOf, type Json, type JsonObject } from '#domain/json.ts';

import { outcomeWord } from './graph/outcome-words.ts';
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

/** Draft 7 is the one that editors know best. */
function schemaOf(schema: z.ZodType, title: string): JsonObject {
  const generated: Json = JSON.parse(
    JSON.stringify(
      z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', target: 'draft-7' }),
    ),
  );
  if (!isJsonObject(generated)) return {};
  return visit({ title, ...generated }, withoutOurMark);
}

/** Which texts are durations is for expressions to know. A key may be called so, too. */
function withoutOurMark(node: JsonObject): JsonObject {
  const { duration, ...rest } = node;
  return duration === true ? rest : node;
}

/** Adds to each step: if it `uses` a kind, its `with` is that of the kind, or a template. */
function withKinds(schema: JsonObject): JsonObject {
  const kinds = stepKinds.map(({ name, with: inputs, outcomes }) => ({
    name,
    description: inputs.description ?? '',
    schema: templatesAllowed(schemaOf(inputs, '')),
    outcomes: [...outcomes, 'skipped'],
  }));
  const uses = {
    enum: kinds.map(({ name }) => name),
    enumDescriptions: kinds.map(({ description }) => description),
  };
  const extended = visit(schema, (node) => {
    const { properties } = node;
    if (!isJsonObject(properties) || !('uses' in properties) || !('repeat' in properties)) {
      return node;
    }
    return {
      ...node,
      properties: {
        ...properties,
        uses: { ...objectOf(properties['uses']), ...uses },
        // Without any key of its own, so that an editor offers those of the kind only.
        with: { type: 'object', description: objectOf(properties['with'])['description'] ?? '' },
      },
      allOf: kinds.map(conditional),
    };
  });
  const inputs = kinds.map(({ name, schema: given }) => [name, given]);
  return {
    ...extended,
    definitions: {
      ...objectOf(extended['definitions']),
      ...Object.fromEntries(inputs),
      ...Object.fromEntries(kinds.map(byOutcomeOf)),
    },
  };
}

type Kind = { name: string; schema: JsonObject; outcomes: readonly string[] };

/**
 * What `with` must hold for a kind, and how its steps end; where the kind has to be told something
 * `with` can't be left out.
 */
function conditional({ name, schema, outcomes }: Kind): JsonObject {
  const byOutcome = { $ref: `#/definitions/${definitionOf(outcomes)}` };
  return {
    if: { properties: { uses: { const: name } }, required: ['uses'] },
    // oxlint-disable-next-line unicorn/no-thenable -- a word of JSON Schema
    then: {
      properties: { with: { $ref: `#/definitions/${name}` }, next: byOutcome, finding: byOutcome },
      ...('required' in schema && { required: ['with'] }),
    },
  };
}

/** Most kinds end like others do. */
function definitionOf(outcomes: readonly string[]): string {
  return `ends.${outcomes.join('.')}`;
}

/** A text for each outcome there is, and for no other. */
function byOutcomeOf({ outcomes }: Kind): readonly [string, JsonObject] {
  const texts = outcomes.map((outcome) => [
    outcome,
    { type: 'string', description: outcomeWord(outcome) },
  ]);
  const schema = { properties: Object.fromEntries(texts), additionalProperties: false };
  return [definitionOf(outcomes), schema];
}

/** What an editor tells of a key, whichever of its forms is written. */
const SHOWN = new Set(['description', 'default', 'examples']);

/** Wherever a value is no text, a text with an expression may stand as well. */
function templatesAllowed(schema: JsonObject): JsonObject {
  const { $schema: _of, title: _title, ...rest } = schema;
  return visit(rest, (node) => {
    const { type } = node;
    if (type !== 'integer' && type !== 'number' && type !== 'boolean' && !hasPattern(node)) {
      return node;
    }
    const shown = Object.entries(node).filter(([key]) => SHOWN.has(key));
    const bare = Object.entries(node).filter(([key]) => !SHOWN.has(key));
    return {
      ...Object.fromEntries(shown),
      anyOf: [Object.fromEntries(bare), { type: 'string', pattern: '\\$\\{\\{' }],
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
