import { z } from 'zod';

import type { Json } from '#domain/json.ts';
import type { InputSpec, Step } from '#domain/runbook/runbook.ts';

const types = ['string', 'integer', 'number', 'boolean', 'array'] as const;
const value = z.custom<Json>((given) => given !== undefined);

const Fields = z.record(
  z.string(),
  z.object({
    type: z.enum(types),
    default: value.exactOptional(),
    enum: z.array(value).exactOptional(),
    items: z.object({ type: z.enum(types), enum: z.array(value).exactOptional() }).exactOptional(),
    required: z.boolean().exactOptional(),
    minimum: z.number().exactOptional(),
    maximum: z.number().exactOptional(),
    minLength: z.number().exactOptional(),
    maxLength: z.number().exactOptional(),
  }),
);

/** The fields of a `form` step: what an answer is checked against. */
export function fieldsOf(step: Step): Readonly<Record<string, InputSpec>> {
  return Fields.safeParse(step.with['fields']).data ?? {};
}
