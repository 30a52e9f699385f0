import type { Configuration, ConfigurationEntry } from '#domain/deploys/deployment.ts';

import { loadForeignYaml } from './foreign-yaml.ts';
import { looksSecret } from './secret-key.ts';

const MAX_DEPTH = 16;

/** The settings of a file, by its name: `.json`, `.yaml`, `.yml`, else dotenv. Null if it is none. */
export function readConfiguration(file: string, text: string): Configuration | null {
  const lines = /\.(json|ya?ml)$/i.test(file) ? readDocument(text) : readDotenv(text);
  if (lines === null) return null;
  return Object.fromEntries(lines.map(([key, value]) => [key, entryOf(key, value)]));
}

export function configurationOf(
  values: Readonly<Record<string, string | undefined>>,
): Configuration {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, entryOf(key, value)]],
    ),
  );
}

function entryOf(key: string, value: string): ConfigurationEntry {
  return { value, secret: looksSecret(key) };
}

type Lines = readonly (readonly [key: string, value: string])[];

/** JSON is YAML. Nested keys are joined by dots; a list is one value, as JSON. */
function readDocument(text: string): Lines | null {
  try {
    const root = loadForeignYaml(text);
    return isObject(root) ? flatten(root, '', 0) : null;
  } catch {
    return null;
  }
}

function flatten(value: object, prefix: string, depth: number): Lines | null {
  if (depth > MAX_DEPTH) return null;
  const lines: (readonly [string, string])[] = [];
  for (const [name, nested] of Object.entries(value)) {
    const key = prefix + name;
    if (!isObject(nested)) {
      lines.push([key, typeof nested === 'string' ? nested : JSON.stringify(nested ?? '')]);
      continue;
    }
    const below = flatten(nested, `${key}.`, depth + 1);
    if (below === null) return null;
    lines.push(...below);
  }
  return lines;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A `#` begins a comment at the start of a line or after a space, as in a shell. */
const DOTENV_LINE =
  /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=(?:[ \t]*"((?:\\.|[^"\\])*)"|[ \t]*'([^']*)'|((?:(?!\s#).)*))\s*(?:#.*)?$/;

/** `KEY=value` lines with comments and quotes; a line that is none of these makes it no dotenv. */
function readDotenv(text: string): Lines | null {
  const lines: (readonly [string, string])[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(?:#.*)?$/.test(line)) continue;
    const match = DOTENV_LINE.exec(line);
    const key = match?.[1];
    if (match === null || key === undefined) return null;
    lines.push([key, match[2]?.replace(/\\(.)/g, unescaped) ?? match[3] ?? match[4]?.trim() ?? '']);
  }
  return lines;
}

function unescaped(_escape: string, character: string): string {
  return character === 'n' ? '\n' : character;
}
