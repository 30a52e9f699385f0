import type { Diagnostic } from '#domain/diagnostic.ts';
import { isTimezone, whyNoCron } from '#domain/runbook/cron.ts';

import { atValue, type Subject } from './rule.ts';

/** A schedule has the five fields of cron, and a time zone that exists. */
export function badCron({ runbook, file }: Subject): readonly Diagnostic[] {
  return runbook.triggers.flatMap((trigger, index) => {
    if (trigger.kind !== 'schedule') return [];
    const at = (key: string) => atValue(file, ['triggers', index, 'schedule', key]);
    const why = whyNoCron(trigger.cron);
    return [
      ...(why === null ? [] : [file.source.problem('bad-cron', at('cron'), why)]),
      ...(isTimezone(trigger.timezone)
        ? []
        : [file.source.problem('bad-cron', at('timezone'), 'there is no such time zone')]),
    ];
  });
}
