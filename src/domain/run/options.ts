import { z } from 'zod';

import { asWritten } from '#domain/runbook/as-written.ts';
import type { Step } from '#domain/runbook/runbook.ts';

const Options = z.record(
  z.string(),
  z.object({ label: z.string(), recommend: z.string().optional(), next: z.string() }),
);

export type Option = { label: string; recommend: string | null; next: string };

/** The options of a `choose` step, in the order they were written. */
export function optionsOf(step: Step): Readonly<Record<string, Option>> {
  const parsed = Options.safeParse(step.with['options']);
  if (!parsed.success) return {};
  return Object.fromEntries(
    asWritten(step, parsed.data).map(([id, option]) => [
      id,
      { label: option.label, recommend: option.recommend ?? null, next: option.next },
    ]),
  );
}
