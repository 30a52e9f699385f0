import { writeKindOf } from '#app/writes/registry.ts';
import type { PlanWords } from '#app/writes/write-kind.ts';
import { textOf, type JsonObject } from '#domain/json.ts';
import type { PlanView } from '#ports/chat-messages.ts';

/** A plan as people read it; each kind of write has its own words. */
export function planView(plan: JsonObject, expiresAt: string | null): PlanView {
  const { what, from, to, details, warnings } = planWords(plan);
  return { what, where: textOf(plan['environment']), from, to, details, warnings, expiresAt };
}

/** What is written on a button that leads to it: the label, and the ends where there is room. */
export function planLabel(option: string, plan: JsonObject): string {
  const long = `${option} ${planWords(plan).short}`.trimEnd();
  return long.length <= 24 ? long : option;
}

/** Where and what in one sentence: `production: from build 1842 to 1841.` */
export function planSentence(plan: JsonObject): string {
  const { change } = planWords(plan);
  const where = textOf(plan['environment']);
  return change === '' ? `${where}.` : `${where}: ${change}.`;
}

export function planWords(plan: JsonObject): PlanWords {
  const action = textOf(plan['action']);
  return (
    writeKindOf(action)?.words(plan) ?? {
      what: action,
      from: '',
      to: '',
      change: '',
      short: '',
      approve: 'Approve',
      details: [],
      warnings: [],
    }
  );
}
