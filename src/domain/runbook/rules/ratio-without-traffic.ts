import type { Diagnostic } from '#domain/diagnostic.ts';
import { readPromql } from '#domain/metrics/promql.ts';

import { type LocatedQuery, queriesIn } from './metric-queries.ts';
import { asWarning, atValue, type ParsedFile, type Rule } from './rule.ts';

/** A share means little while little happens: one error in one request is 100 %. */
export const ratioWithoutTraffic: Rule = (subject) =>
  ratiosWithoutTraffic(queriesIn(subject), subject.file);

export function ratiosWithoutTraffic(
  queries: readonly LocatedQuery[],
  file: ParsedFile,
): readonly Diagnostic[] {
  return queries.flatMap(({ query, path, hasTraffic }) => {
    if (hasTraffic || !readPromql(query).isRatio) return [];
    const message = 'this is a ratio, and nothing says how much traffic it takes to mean anything';
    const hint = 'give `traffic`: what counts it, and `atLeast`; below it there is no data';
    const at = atValue(file, path);
    return [asWarning(file.source.problem('ratio-without-traffic', at, message, hint))];
  });
}
