import type { Diagnostic } from '#domain/diagnostic.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { Path } from '#domain/runbook/yaml/yaml-node.ts';

import { asWarning, atPart, locatedSteps, type ParsedFile, type Rule } from './rule.ts';

/** What leaves the own network is encrypted. */
export const httpNotHttps: Rule = (subject) =>
  locatedSteps(subject).flatMap(({ step, path }) =>
    step.repeats === null
      ? unencrypted(step.with['url'], [...path, 'with', 'url'], subject.file)
      : [],
  );

/** The same for the connections of the settings. */
export function connectionsNotHttps(settings: Settings, file: ParsedFile): readonly Diagnostic[] {
  return Object.entries(settings.connections).flatMap(([name, { url }]) =>
    unencrypted(url, ['connections', name, 'url'], file),
  );
}

function unencrypted(url: unknown, path: Path, file: ParsedFile): readonly Diagnostic[] {
  const host = typeof url === 'string' ? /^http:\/\/([^/?#]*)/i.exec(url)?.[1] : undefined;
  if (host === undefined || isNear(host.replace(/^.*@/, '').replace(/:\d+$/, ''))) return [];
  const at = atPart(file, path, { start: 0, end: 'http'.length });
  const message =
    'this is sent and answered in the clear: anybody on the way can read and change it';
  return [asWarning(file.source.problem('http-not-https', at, message, 'write https'))];
}

const NEAR_NAMES =
  /^(?:[^.]+|.+\.(?:localhost|local|internal|lan|svc|cluster\.local|home\.arpa))$/i;
const NEAR_ADDRESSES = /^(?:127|10|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254)\.[\d.]+$|^\[/;

/** A name without a dot, or of a zone that never leaves the network, and its addresses. */
function isNear(host: string): boolean {
  return NEAR_ADDRESSES.test(host) || (NEAR_NAMES.test(host) && !host.includes('${{'));
}
