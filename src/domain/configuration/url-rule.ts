import { matches } from './pattern.ts';
import type { UrlParts, UrlRule, Violation } from './rule.ts';

type Finding = Pick<Violation, 'rule' | 'message'>;

/** What is wrong with a URL. Of the value only scheme, host and port are ever shown. */
export function urlFindings(url: UrlParts, rule: UrlRule, shown: boolean): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (part: string, what: string, because: string): void => {
    findings.push({ rule: `url.${part}`, message: `${shown ? what : `its ${part}`} ${because}` });
  };

  if (rule.scheme?.every((scheme) => scheme.toLowerCase() !== url.scheme) === true) {
    add('scheme', `scheme ${url.scheme}`, 'is not allowed');
  }
  if (rule.host?.every((host) => !isHost(url.host, host)) === true) {
    add('host', `host ${url.host}`, 'is not allowed');
  }
  if (rule.port?.includes(url.port) === false) {
    add('port', `port ${url.port}`, 'is not allowed');
  }
  if (rule.path !== undefined && !isPath(url.path, rule.path)) {
    add('path', 'its path', `is not ${rule.path}`);
  }
  if (rule.notMatching !== undefined && matches(rule.notMatching, url.href)) {
    add('notMatching', `a URL at ${url.host}`, `must not match ${rule.notMatching}`);
  }
  return findings;
}

function isHost(host: string, allowed: string): boolean {
  const name = allowed.toLowerCase();
  return name.startsWith('*.') ? host.endsWith(name.slice(1)) : host === name;
}

/** The very path, or with `*` at its end any that begins so. */
function isPath(path: string, allowed: string): boolean {
  return allowed.endsWith('*') ? path.startsWith(allowed.slice(0, -1)) : path === allowed;
}
