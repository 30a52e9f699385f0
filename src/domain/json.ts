/** What JSON can say. Everything that is stored, sent or evaluated is of this type. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object itself, or an empty one where the value is something else. */
export function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The text itself, or the other one where the value is something else. */
export function textOf(value: Json | undefined, otherwise = ''): string {
  return typeof value === 'string' ? value : otherwise;
}

/** The texts of a list, or the one text; what is no text is left out. */
export function textsOf(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value];
  if (!isJsonArray(value)) return [];
  return value.filter((one) => typeof one === 'string');
}

export function isJsonArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
