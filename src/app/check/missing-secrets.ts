import { isJsonObject, type Json } from '#domain/json.ts';
import { isWrite } from '#domain/run/structure.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import { PortError } from '#ports/port-error.ts';
import type { Secrets } from '#ports/secrets.ts';

import { connectionsOf } from './connections.ts';
import type { Inside } from './inside.ts';

/**
 * What the connections of these checks need and nobody has set, a sentence for each. A plan is only
 * shown: that it can't be made is told there.
 */
export function missingSecrets(
  inside: readonly Inside[],
  settings: Settings,
  secrets: Secrets,
): readonly string[] {
  const users = new Map<string, string[]>();
  for (const { step, place, runbook } of inside) {
    if (isWrite(step)) continue;
    for (const name of connectionsOf(step.uses, step.with, runbook.service, settings)) {
      users.set(name, [...(users.get(name) ?? []), place.plain]);
    }
  }
  return [...users].flatMap(([name, steps]) =>
    problemsOf(settings.connections[name]?.options ?? {}, secrets).map(
      (problem) =>
        `${problem} The connection ${name} needs it, for ${[...new Set(steps)].join(', ')}.`,
    ),
  );
}

function problemsOf(value: Json, secrets: Secrets): string[] {
  if (isJsonObject(value)) return Object.values(value).flatMap((one) => problemsOf(one, secrets));
  if (typeof value !== 'string') return [];
  // One by one: of several in a text only the first that is missing would be named.
  return [...value.matchAll(/\$\{\{\s*secrets\.\w+\s*\}\}/g)].flatMap(([reference]) => {
    try {
      secrets.resolve(reference);
      return [];
    } catch (error) {
      if (error instanceof PortError) return [error.message];
      throw error;
    }
  });
}
