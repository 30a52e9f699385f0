import { z } from 'zod';

import { checkRules, type Probe } from '#domain/configuration/check-rules.ts';
import { compareConfigurations, differingKeys } from '#domain/configuration/compare.ts';
import { patternProblem } from '#domain/configuration/pattern.ts';
import { Rule, type UrlParts, type Violation } from '#domain/configuration/rule.ts';
import type { Outbound, OutboundFailure, OutboundOptions } from '#ports/outbound.ts';
import { PortError } from '#ports/port-error.ts';

import type { CheckDeps, CheckKind } from './check-kind.ts';
import { readSource, Source } from './config-source.ts';
import { inputsOf, measured, unavailable } from './outcome.ts';

const With = z.object({
  source: Source,
  rules: z.record(z.string(), Rule).default({}),
  parity: z
    .object({ with: Source, compare: z.enum(['keys', 'values']).default('keys') })
    .optional(),
  diff: z.object({ against: Source }).optional(),
  connection: z.string().optional(),
  service: z.string().optional(),
  environment: z.string().optional(),
});

/** Holds a configuration against rules, another environment and an earlier deployment. */
export const configCheck: CheckKind = {
  async measure(request, options, deps) {
    const given = inputsOf(With, request);
    const { source, rules, parity, diff } = given;
    rejectBadPatterns(rules);
    const place = {
      connection: given.connection,
      service: given.service ?? request.service,
      environment: given.environment ?? request.environment,
    };
    // Another configuration is looked for where this one is, unless it says otherwise.
    const { signal } = options;
    const besides = { ...place, environment: source.environment ?? place.environment };
    const [here, other, earlier] = await Promise.all([
      readSource(source, place, request, deps, signal),
      parity === undefined ? null : readSource(parity.with, besides, request, deps, signal),
      diff === undefined ? null : readSource(diff.against, besides, request, deps, signal),
    ]);

    const report = checkRules(here, rules, parseUrl);
    const compared = other === null ? null : compareConfigurations(here, other);
    const violations = [
      ...report.violations,
      ...(await findOutLive(report.probes, options, deps)),
      ...(compared?.missing.map((key) => ({ key, rule: 'parity', message: 'is missing' })) ?? []),
    ];
    if (violations.length === 0 && report.unknown.length > 0) {
      return unavailable(`The value of ${report.unknown.join(', ')} is kept back: not checked.`);
    }
    const changed = new Set([
      ...(parity?.compare === 'values' ? (compared?.changed ?? []) : []),
      ...(earlier === null ? [] : differingKeys(here, earlier)),
    ]);
    return measured(
      {
        violations,
        missing: compared?.missing ?? [],
        extra: compared?.extra ?? [],
        changed: [...changed].toSorted(),
      },
      violations.length === 0
        ? 'every rule is met'
        : violations.map(({ key, message }) => `${key}: ${message}`).join('; '),
    );
  },
};

async function findOutLive(
  probes: readonly Probe[],
  options: OutboundOptions,
  { outbound }: CheckDeps,
): Promise<readonly Violation[]> {
  const found = await Promise.all(
    probes.map(async ({ key, rule, url, shown }): Promise<readonly Violation[]> => {
      const failure = await (rule === 'reachable'
        ? unreachable(outbound, url, options)
        : unresolved(outbound, url, options));
      if (failure === null) return [];
      const problem = failure.message.replaceAll(url.host, 'The name');
      if (failure.fault === 'target') {
        return [{ key, rule, message: `${shown ? url.host : 'its host'}: ${problem}` }];
      }
      const { retry } = failure;
      throw new PortError('checks.probe', shown ? failure.message : problem, { retry });
    }),
  );
  return found.flat();
}

type Failure = Pick<OutboundFailure, 'fault' | 'message' | 'retry'>;

async function unreachable(
  outbound: Outbound,
  { host, port }: UrlParts,
  options: OutboundOptions,
): Promise<Failure | null> {
  const outcome = await outbound.connect({ host, port }, options);
  return outcome.ok ? null : outcome.failure;
}

/** An address of either family will do. */
async function unresolved(
  outbound: Outbound,
  { host }: UrlParts,
  options: OutboundOptions,
): Promise<Failure | null> {
  for (const type of ['A', 'AAAA']) {
    const outcome = await outbound.query({ name: host, type }, options);
    if (!outcome.ok) return outcome.failure;
    if (outcome.value.answers.length > 0) return null;
  }
  return { fault: 'target', message: 'the name has no address', retry: false };
}

function rejectBadPatterns(rules: Readonly<Record<string, Rule>>): void {
  for (const [key, { pattern, url }] of Object.entries(rules)) {
    for (const each of [pattern, url?.notMatching]) {
      const problem = each === undefined ? null : patternProblem(each);
      if (problem === null) continue;
      throw new PortError('checks.with', `The rule of ${key}: ${problem}`, { retry: false });
    }
  }
}

function parseUrl(text: string): UrlParts | null {
  const url = URL.parse(text);
  if (url === null || url.hostname === '') return null;
  const scheme = url.protocol.slice(0, -1);
  const port = url.port === '' ? (DEFAULT_PORTS[scheme] ?? 0) : Number(url.port);
  return {
    scheme,
    host: url.hostname.replace(/\.$/, ''),
    port,
    path: url.pathname,
    href: url.href,
  };
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  ws: 80,
  wss: 443,
  postgres: 5432,
  postgresql: 5432,
  redis: 6379,
  amqp: 5672,
};
