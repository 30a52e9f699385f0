import { canonicalJson } from '#domain/canonical-json.ts';
import { textOf, type Json } from '#domain/json.ts';
import type { FlagTarget } from '#ports/flags.ts';

import { targetOf } from './target.ts';
import { ended, type Sending, type WriteDeps, type WriteKind } from './write-kind.ts';

const over = { role: 'flags', types: ['http', 'unleash', 'openfeature'] } as const;

/** A compare-and-set on a flag. Setting it twice is as good as once, and reading it tells what came of it. */
export const flagChange: WriteKind = {
  uses: 'flags.set',

  async plan(deps, request, approved, signal) {
    const target = targetOf(deps, request, over, approved ?? {});
    const flag = textOf(request.with['flag']);
    const to = request.with['value'] ?? null;
    const from = await deps.flags.read({ ...target, flag }, signal);
    if (same(from, to)) return { kind: 'notNeeded', message: `${flag} is ${shown(to)} already` };

    const plan = { action: 'flags.set', ...target, flag, from, to };
    return { kind: 'plan', plan, bound: plan, migrations: [] };
  },

  async send(deps, sending, signal) {
    const { flag, from, to, target } = changeOf(deps, sending);
    const { key, reason } = sending;
    const change = await deps.flags.set(target, { from, to, key, reason }, signal);
    switch (change.kind) {
      case 'set':
        return done(flag, to, from);
      case 'changed':
        return ended('changed', `${flag} is ${shown(change.current)} now, not ${shown(from)}.`);
      case 'refused':
        return ended('failed', change.message);
      default:
        return change satisfies never;
    }
  },

  async lookUp(deps, sending, signal) {
    const { flag, from, to, target } = changeOf(deps, sending);
    const now = await deps.flags.read(target, signal);
    if (same(now, to)) return done(flag, to, from);
    if (same(now, from)) return null;
    const message = `${flag} is ${shown(now)} now, neither ${shown(from)} nor ${shown(to)}.`;
    return ended('unknown', message, { value: now, previous: from });
  },

  words(plan) {
    const flag = textOf(plan['flag']);
    const [from, to] = [shown(plan['from'] ?? null), shown(plan['to'] ?? null)];
    return {
      what: `Set the flag ${flag} of ${textOf(plan['service'])}`,
      from,
      to,
      change: `${flag} from ${from} to ${to}`,
      short: '',
      approve: 'Approve flag change',
      details: [`The flag is kept by ${textOf(plan['connection'])}`],
      warnings: [],
    };
  },
};

function changeOf(
  deps: WriteDeps,
  { request, plan }: Sending,
): { flag: string; from: Json; to: Json; target: FlagTarget } {
  const flag = textOf(plan['flag']);
  const target = { ...targetOf(deps, request, over, plan), flag };
  return { flag, from: plan['from'] ?? null, to: plan['to'] ?? null, target };
}

function done(flag: string, to: Json, from: Json) {
  return ended('succeeded', `${flag} is ${shown(to)}`, { value: to, previous: from });
}

function same(one: Json, other: Json): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

function shown(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
