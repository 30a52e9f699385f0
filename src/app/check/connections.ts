import { hasTemplate } from '#domain/expressions/template.ts';
import { isJsonObject, objectOf, textOf, type JsonObject } from '#domain/json.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import type { Settings } from '#domain/runbook/settings.ts';

/** Names of the connections that a step goes over, as far as its inputs tell. */
export function connectionsOf(
  uses: string,
  inputs: JsonObject,
  service: string,
  settings: Settings,
): readonly string[] {
  const ofService = settings.services[textOf(inputs['service'], service)]?.connections ?? {};
  const named = textOf(inputs['connection']);
  const found = uses === 'check.config' ? sources(inputs) : [inputs];
  const role = roleOf(uses, inputs);
  return found
    .map((source) => textOf(source['connection'], named || (role && ofService[role]) || ''))
    .filter((name) => name !== '' && !hasTemplate(name));
}

/** A path is below the connection of the service; a whole URL takes one only where it is named. */
function roleOf(uses: string, { url }: JsonObject): string | null {
  if (uses === 'check.http') return textOf(url).startsWith('/') ? 'http' : null;
  return kindOf(uses)?.connectionRole ?? null;
}

/** Those of a `check.config` that are not on this machine. */
function sources({ source, parity, diff }: JsonObject): readonly JsonObject[] {
  return [source, objectOf(parity)['with'], objectOf(diff)['against']]
    .filter(isJsonObject)
    .filter(({ env, file }) => env === undefined && file === undefined);
}
