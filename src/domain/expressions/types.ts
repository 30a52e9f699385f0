import type { Environment } from '@marcbachmann/cel-js';
import { z } from 'zod';

import { isDuration } from '#domain/runbook/kinds/shape.ts';
import type { InputSpec } from '#domain/runbook/runbook.ts';

import { elementOf, isInteger, unwrapped } from './values.ts';

const DURATION = 'google.protobuf.Duration';

/**
 * The CEL type of what a schema describes; objects are declared in `environment` under `name`. What
 * may be null is `dyn`, so that it can be compared with null. What may be absent keeps its type:
 * `has()` asks for it.
 */
export function typeOfSchema(environment: Environment, schema: z.ZodType, name: string): string {
  if (!schema.isOptional() && schema.isNullable()) return 'dyn';
  const inner = unwrapped(schema);
  if (isDuration(inner)) return DURATION;
  if (inner instanceof z.ZodString || inner instanceof z.ZodEnum) return 'string';
  if (inner instanceof z.ZodBoolean) return 'bool';
  if (inner instanceof z.ZodNumber) return isInteger(inner) ? 'int' : 'double';

  if (inner instanceof z.ZodObject) {
    const fields = Object.entries(inner.shape).map(([key, member]): [string, string] => [
      key,
      member instanceof z.ZodType ? typeOfSchema(environment, member, `${name}.${key}`) : 'dyn',
    ]);
    return declareType(environment, name, Object.fromEntries(fields));
  }
  const element = elementOf(inner);
  if (element !== null) return `list<${typeOfSchema(environment, element, `${name}.item`)}>`;
  return 'dyn';
}

export function typeOfInput(spec: InputSpec): string {
  switch (spec.type) {
    case 'string':
      return 'string';
    case 'integer':
      return 'int';
    case 'number':
      return 'double';
    case 'boolean':
      return 'bool';
    case 'duration':
      return DURATION;
    case 'array':
      return `list<${spec.items === undefined ? 'dyn' : typeOfInput(spec.items)}>`;
    case 'object':
      return 'map<string, dyn>';
    default:
      return spec.type satisfies never;
  }
}

/** The fields of the objects that an environment declares itself, and the one that it was made from. */
type Declared = { fields: Map<string, readonly string[]>; from: Environment | null };

const declared = new WeakMap<Environment, Declared>();

function declaredIn(environment: Environment): Declared {
  const known = declared.get(environment) ?? { fields: new Map(), from: null };
  declared.set(environment, known);
  return known;
}

/** Declares an object with just these fields, and answers its name. */
export function declareType(
  environment: Environment,
  name: string,
  fields: Readonly<Record<string, string>>,
): string {
  environment.registerType(name, { fields: { ...fields } });
  declaredIn(environment).fields.set(name, Object.keys(fields));
  return name;
}

/** An environment to add to, which knows what this one knows. */
export function extended(environment: Environment): Environment {
  const copy = environment.clone();
  declaredIn(copy).from = environment;
  return copy;
}

/** What could stand behind the dot after a value of this type; none where anything could. */
export function fieldsOf(environment: Environment, type: string): readonly string[] {
  const { fields, from } = declaredIn(environment);
  return fields.get(type) ?? (from === null ? [] : fieldsOf(from, type));
}
