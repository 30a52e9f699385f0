import type { Diagnostic } from '#domain/diagnostic.ts';
import { readPromql } from '#domain/metrics/promql.ts';

import { type LocatedQuery, queriesIn } from './metric-queries.ts';
import { atPart, type ParsedFile, type Rule } from './rule.ts';

/** A query is one that Prometheus would read, whatever its `${{ }}` come to. */
export const badPromql: Rule = (subject) => badQueries(queriesIn(subject), subject.file);

export function badQueries(
  queries: readonly LocatedQuery[],
  file: ParsedFile,
): readonly Diagnostic[] {
  return queries.flatMap(({ query, path }) => {
    const { problem } = readPromql(query);
    if (problem === null) return [];
    return [file.source.problem('bad-promql', atPart(file, path, problem), problem.message)];
  });
}
