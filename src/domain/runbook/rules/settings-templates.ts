import type { Environment } from '@marcbachmann/cel-js';

import type { Diagnostic } from '#domain/diagnostic.ts';
import { baseEnvironment } from '#domain/expressions/compile.ts';
import { parseTemplate } from '#domain/expressions/template.ts';
import type { Path } from '#domain/runbook/yaml/yaml-node.ts';

import { problemIn } from './problem-in.ts';
import { atPart, type ParsedFile } from './rule.ts';
import { textsIn } from './texts-in.ts';

/** What may be named inside of `${{ }}`, by the place in the settings. Nothing is filled in elsewhere. */
const PLACES: readonly { path: readonly string[]; names: readonly string[] }[] = [
  { path: ['services', '*', 'metrics'], names: ['inputs'] },
  { path: ['connections'], names: ['secrets'] },
  { path: ['incident', 'channel'], names: ['incident'] },
  { path: ['incident', 'bookmarks'], names: ['incident'] },
  { path: ['postmortem'], names: ['incident'] },
];

/** Each `${{ }}` of the settings can be read, and names what will be there. */
export function settingsTemplates(file: ParsedFile): readonly Diagnostic[] {
  const base = baseEnvironment();
  const environments = new Map<string, Environment>();
  function environmentFor(names: readonly string[]): Environment {
    const key = names.join();
    const known = environments.get(key) ?? base.clone();
    if (!environments.has(key)) for (const name of names) known.registerVariable(name, 'dyn');
    environments.set(key, known);
    return known;
  }

  return textsIn(file.root).flatMap(({ text, path }) => {
    const names = PLACES.find((place) => stands(path, place.path))?.names ?? [];
    return parseTemplate(text).flatMap((part) => {
      if (part.kind !== 'expression') return [];
      const problem = problemIn(part.expression, environmentFor(names));
      if (problem === null) return [];
      const range = { start: part.start + problem.start, end: part.start + problem.end };
      const hint =
        names.length === 0
          ? 'nothing is filled in at this place of the settings'
          : `only ${names.join(', ')} is known at this place of the settings`;
      const at = atPart(file, path, range);
      return [file.source.problem('type-mismatch', at, problem.message, hint)];
    });
  });
}

function stands(path: Path, place: readonly string[]): boolean {
  return place.every((key, index) => key === '*' || path[index] === key);
}
