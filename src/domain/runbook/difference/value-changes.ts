import { isJsonObject, type Json } from '#domain/json.ts';

import { changedText, code } from './change-text.ts';

/**
 * What differs between two values, a line for each key: objects are compared key by key, anything
 * else as a whole.
 */
export function valueChanges(
  name: string,
  before: Json | undefined,
  after: Json | undefined,
): readonly string[] {
  if (isJsonObject(before) && isJsonObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) =>
      valueChanges(name === '' ? key : `${name} ${key}`, before[key], after[key]),
    );
  }
  return changedText(code(name), textOf(before), textOf(after), code);
}

function textOf(value: Json | undefined): string | null {
  if (value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
