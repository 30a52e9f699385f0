import { objectOf, textOf, textsOf, type Json, type JsonObject } from '#domain/json.ts';
import type { PlanRecord } from '#domain/run/events.ts';

import type { Sentence } from './sentence.ts';

export function planSentence(title: string, plan: PlanRecord): Sentence {
  if (plan.kind !== 'plan') return { kind: 'plan', text: `${title}: ${plan.message}` };
  const move = planMove(plan.plan);
  return {
    kind: 'plan',
    text: move === null ? `${title}: planned` : `${title}: planned ${move}`,
    evidence: { hash: plan.hash, plan: plan.plan, migrations: plan.migrations },
  };
}

/** `checkout in production: 1842 → 1841`, as far as the plan says so; null where it names nothing. */
export function planMove(plan: JsonObject): string | null {
  const where = [textOf(plan['service']), textOf(plan['environment'])].filter((one) => one !== '');
  const [from, to] = [nameOf(plan['from']), nameOf(plan['to'])];
  const ends = from !== null && to !== null ? `${from} → ${to}` : (to ?? from);
  const what = [textOf(plan['flag']), textOf(plan['method']), textOf(plan['url']), ends ?? ''];
  const parts = [where.join(' in '), what.filter((one) => one !== '').join(' ')];
  const said = parts.filter((one) => one !== '');
  return said.length === 0 ? null : said.join(': ');
}

/** A deployment is known to people by its build; any other end is a value. */
function nameOf(end: Json | undefined): string | null {
  const [text] = textsOf(end);
  if (text !== undefined) return text;
  if (typeof end === 'boolean' || typeof end === 'number') return String(end);
  const { build, id } = objectOf(end);
  const name = textOf(build, textOf(id));
  return name === '' ? null : name;
}
