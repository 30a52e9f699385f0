import type { Configuration } from '#domain/deploys/deployment.ts';

import { matches } from './pattern.ts';
import type { ParseUrl, Rule, UrlParts, Violation } from './rule.ts';
import { looksSecret } from './secret-key.ts';
import { urlFindings } from './url-rule.ts';

export type Rules = Readonly<Record<string, Rule>>;

export type RuleReport = {
  violations: readonly Violation[];
  /** Keys with a value that the source keeps back and a rule that needs it: nothing is known. */
  unknown: readonly string[];
  /** What is left to find out live. */
  probes: readonly Probe[];
};
export type Probe = { key: string; rule: 'resolves' | 'reachable'; url: UrlParts; shown: boolean };

type Finding = Pick<Violation, 'rule' | 'message'>;

/**
 * Holds a configuration against its rules. Values are shown only as far as a rule needs, and not at
 * all where the rule, the source or the key's name says that they are secret.
 */
export function checkRules(
  configuration: Configuration,
  rules: Rules,
  parseUrl: ParseUrl,
): RuleReport {
  const violations: Violation[] = [];
  const unknown: string[] = [];
  const probes: Probe[] = [];
  for (const [key, rule] of Object.entries(rules)) {
    const entry = Object.hasOwn(configuration, key) ? configuration[key] : undefined;
    if (entry === undefined || entry.value === '') {
      const message = entry === undefined ? 'is missing' : 'is empty';
      if (rule.required === true) violations.push({ key, rule: 'required', message });
      continue;
    }
    if (entry.value === null) {
      if (needsValue(rule)) unknown.push(key);
      continue;
    }
    const shown = !(rule.secret === true || entry.secret || looksSecret(key));
    const url = needsUrl(rule) ? parseUrl(entry.value) : null;
    for (const finding of findings(entry.value, url, rule, shown)) {
      violations.push({ key, ...finding });
    }
    if (url === null) continue;
    if (rule.resolves === true) probes.push({ key, rule: 'resolves', url, shown });
    if (rule.reachable === true) probes.push({ key, rule: 'reachable', url, shown });
  }
  return { violations, unknown, probes };
}

function findings(
  value: string,
  url: UrlParts | null,
  rule: Rule,
  shown: boolean,
): readonly Finding[] {
  const found: Finding[] = [];
  const add = (name: string, message: string): void => void found.push({ rule: name, message });
  const text = shown ? JSON.stringify(value.slice(0, 60)) : 'its value';

  if (rule.type !== undefined && !isOfType(value, rule.type)) {
    add('type', `is not ${rule.type === 'integer' ? 'an' : 'a'} ${rule.type}`);
  }
  if (rule.enum?.some((allowed) => String(allowed) === value) === false) {
    add('enum', `${text} is none of ${rule.enum.join(', ')}`);
  }
  if (rule.pattern !== undefined && !matches(rule.pattern, value)) {
    add('pattern', `does not match ${rule.pattern}`);
  }
  found.push(...rangeFindings(value, rule, shown));
  if (needsUrl(rule)) {
    if (url === null) add('url', 'is not a URL');
    else if (rule.url !== undefined) found.push(...urlFindings(url, rule.url, shown));
  }
  return found;
}

function rangeFindings(value: string, rule: Rule, shown: boolean): readonly Finding[] {
  const { minimum, maximum } = rule;
  if (minimum === undefined && maximum === undefined) return [];
  if (!isOfType(value, 'number')) {
    return rule.type === undefined ? [{ rule: 'type', message: 'is not a number' }] : [];
  }
  const number = Number(value);
  const text = shown ? value : 'its value';
  if (minimum !== undefined && number < minimum) {
    return [{ rule: 'minimum', message: `${text} is below ${minimum}` }];
  }
  return maximum !== undefined && number > maximum
    ? [{ rule: 'maximum', message: `${text} is above ${maximum}` }]
    : [];
}

function isOfType(value: string, type: NonNullable<Rule['type']>): boolean {
  switch (type) {
    case 'string':
      return true;
    case 'integer':
      return /^[+-]?\d+$/.test(value) && Number.isSafeInteger(Number(value));
    case 'number':
      return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(value);
    case 'boolean':
      return value === 'true' || value === 'false';
    default:
      return type satisfies never;
  }
}

function needsUrl(rule: Rule): boolean {
  return rule.url !== undefined || rule.resolves === true || rule.reachable === true;
}

function needsValue(rule: Rule): boolean {
  const { type, enum: allowed, pattern, minimum, maximum } = rule;
  return (
    needsUrl(rule) || [type, allowed, pattern, minimum, maximum].some((each) => each !== undefined)
  );
}
