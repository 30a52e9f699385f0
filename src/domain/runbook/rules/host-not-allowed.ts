import { hasTemplate } from '#domain/expressions/template.ts';
import type { OutboundSettings } from '#domain/runbook/settings.ts';

import { atValue, locatedSteps, type SettingsRule } from './rule.ts';

const REACHING = new Map([
  ['check.http', 'url'],
  ['check.load', 'url'],
  ['http.request', 'url'],
  ['check.tls', 'host'],
  ['check.tcp', 'host'],
]);

/**
 * A host that is written out is on the outbound list. One that an expression makes, or that is an
 * address, is for the gate to judge when it is dialed.
 */
export const hostNotAllowed: SettingsRule = (subject) => {
  const { file, settings } = subject;
  return locatedSteps(subject).flatMap(({ step, path }) => {
    const key = REACHING.get(step.uses);
    const written = key === undefined ? undefined : step.with[key];
    if (key === undefined || typeof written !== 'string' || step.repeats !== null) return [];
    // A path is below a connection, whose host its owners wrote.
    if (written.startsWith('/')) return [];

    const host = hostOf(written);
    const isName = /[a-z]/.test(host) && !host.includes('[') && !hasTemplate(host);
    if (!isName || isListed(host, settings.outbound)) return [];
    return [
      file.source.problem(
        'host-not-allowed',
        atValue(file, [...path, 'with', key]),
        `the settings do not allow ${host}`,
        'the owners of the settings add it to outbound.allow',
      ),
    ];
  });
};

/** Of a URL; a host is its own. In lower case. */
export function hostOf(written: string): string {
  const host = /^https?:\/\/(?:[^/?#]*@)?([^/?#:]+)/i.exec(written)?.[1] ?? written;
  return host.toLowerCase();
}

/** What `hosts` says to dial its owners wrote as well. */
function isListed(host: string, { allow, hosts }: OutboundSettings): boolean {
  return [...allow, ...Object.keys(hosts)].some((listed) => covers(listed, host));
}

function covers(allowed: string, host: string): boolean {
  const name = allowed.toLowerCase();
  return name.startsWith('*.') ? host.endsWith(name.slice(1)) : name === host;
}
