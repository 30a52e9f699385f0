import type { Settings } from '#domain/runbook/settings.ts';
import type { Path } from '#domain/runbook/yaml/yaml-node.ts';

import { locatedSteps, type Subject } from './rule.ts';

export type LocatedQuery = {
  query: string;
  path: Path;
  /** Whether something says how much traffic it takes for the value to mean anything. */
  hasTraffic: boolean;
};

/** The queries that checks of a runbook write out themselves. */
export function queriesIn(subject: Subject): readonly LocatedQuery[] {
  return locatedSteps(subject).flatMap(({ step, path }) => {
    const { query, traffic } = step.with;
    if (step.uses !== 'check.metric' || step.repeats !== null || typeof query !== 'string') {
      return [];
    }
    return [{ query, path: [...path, 'with', 'query'], hasTraffic: traffic !== undefined }];
  });
}

/** The queries of the settings: metrics, and what counts their traffic. */
export function queriesOf(settings: Settings): readonly LocatedQuery[] {
  return Object.entries(settings.services).flatMap(([service, { metrics }]) =>
    Object.entries(metrics).flatMap(([name, { query, traffic }]): LocatedQuery[] => {
      const path = ['services', service, 'metrics', name];
      const own = { query, path: [...path, 'query'], hasTraffic: traffic !== null };
      if (traffic === null) return [own];
      return [own, { query: traffic.query, path: [...path, 'traffic', 'query'], hasTraffic: true }];
    }),
  );
}
