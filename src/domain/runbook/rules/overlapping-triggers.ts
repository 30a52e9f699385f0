import { labelsMatch } from '#domain/labels-match.ts';
import type { Trigger } from '#domain/runbook/runbook.ts';

import { asWarning, atValue, type LibraryRule, type ParsedFile } from './rule.ts';

type Matchers = Readonly<Record<string, string>>;
type Located = { id: string; file: ParsedFile; index: number; alert: Matchers };

/** No alert starts two runbooks, unless somebody meant it. */
export const overlappingTriggers: LibraryRule = (subjects) => {
  const before = new Map<string, Located[]>();
  return subjects.flatMap(({ runbook, file }) => {
    const own = runbook.triggers.flatMap((trigger, index) =>
      isAlert(trigger) ? [{ id: runbook.id, file, index, alert: trigger.alert }] : [],
    );
    const found = own.flatMap((trigger) => {
      const other = near(trigger.alert, before).find(({ alert }) => covers(alert, trigger.alert));
      return other === undefined ? [] : [overlap(trigger, other)];
    });
    for (const trigger of own) {
      const key = keyOf(trigger.alert);
      before.set(key, [...(before.get(key) ?? []), trigger]);
    }
    return found;
  });
};

function isAlert(trigger: Trigger): trigger is Extract<Trigger, { kind: 'alert' }> {
  return trigger.kind === 'alert';
}

/** Triggers for one name of alert are compared with each other, and with those that name none. */
function near(alert: Matchers, before: ReadonlyMap<string, readonly Located[]>) {
  const key = keyOf(alert);
  if (key === '') return [...before.values()].flat();
  return [...(before.get(key) ?? []), ...(before.get('') ?? [])];
}

function keyOf({ alertname = '' }: Matchers): string {
  return alertname.startsWith('~') ? '' : alertname;
}

/** Whether all alerts that one of them matches are matched by the other as well. */
function covers(one: Matchers, other: Matchers): boolean {
  return isWithin(one, other) || isWithin(other, one);
}

function isWithin(narrow: Matchers, wide: Matchers): boolean {
  const labels = Object.entries(wide).filter(([name, matcher]) => narrow[name] !== matcher);
  const literal = labels.every(([name]) => narrow[name]?.startsWith('~') === false);
  return literal && labelsMatch(Object.fromEntries(labels), narrow);
}

function overlap({ file, index }: Located, other: Located) {
  const { line } = other.file.source.place(...startOf(other));
  const message = `an alert that starts this runbook starts ${other.id}, too (${other.file.source.file}:${line})`;
  const hint = 'tell them apart by another label, or let one runbook call the other';
  const at = atValue(file, ['triggers', index, 'alert']);
  return asWarning(file.source.problem('overlapping-triggers', at, message, hint));
}

function startOf({ file, index }: Located): [number, number] {
  const { start, end } = atValue(file, ['triggers', index, 'alert']);
  return [start, end];
}
