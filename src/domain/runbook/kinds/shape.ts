import { z } from 'zod';

import { DURATION_PATTERN, parseDuration } from '#domain/duration.ts';
import type { Json } from '#domain/json.ts';

/**
 * An object that refuses unknown keys. The message of that one refusal is the list of the known
 * keys, for whoever wants to say "did you mean"; see `schema-diagnostics.ts`.
 */
export function shape<T extends z.ZodRawShape>(keys: T) {
  return z.strictObject(keys, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? Object.keys(keys).join(' ') : undefined,
  });
}

/**
 * What an editor says of a key that may be left out. The value is only told here: whoever reads the
 * key fills it in.
 */
export function defaultsTo(value: string | number | boolean, what: string) {
  return { description: `${what} Default: ${value}.`, default: value };
}

/** A pattern with the message that an editor shows in its place. */
export function matching(pattern: RegExp, message: string) {
  return z.string().regex(pattern, message).meta({ patternErrorMessage: message });
}

export const DURATION_HINT = 'write a duration such as 250ms, 90s, 5m, 2h or 7d';

/** A bare number is a duration without its unit, and no text that lacks quotes. */
const noDuration = {
  error: ({ input }: { input: unknown }) => (typeof input === 'number' ? DURATION_HINT : undefined),
};

/** A duration in our spelling. Expressions turn it into a CEL duration and back. */
export const durationText = z
  .string(noDuration)
  .regex(DURATION_PATTERN, { error: DURATION_HINT, abort: true })
  .refine((text) => parseDuration(text) !== null, DURATION_HINT)
  .meta({ duration: true, patternErrorMessage: DURATION_HINT, examples: ['90s', '5m'] });

/** A duration, or an expression that comes to one. */
export const durationTemplate = z
  .string(noDuration)
  .refine((text) => text.includes('${{') || parseDuration(text) !== null, DURATION_HINT)
  .meta({
    pattern: `${DURATION_PATTERN.source}|\\$\\{\\{`,
    patternErrorMessage: DURATION_HINT,
    examples: ['90s', '5m'],
  });

export function isDuration(schema: z.ZodType): boolean {
  return schema.meta()?.['duration'] === true;
}

export const hostname = z.string().min(1).max(253);
export const httpUrl = matching(/^https?:\/\/[^\s]+$/i, 'write a URL with http or https');
/** A path stands below the URL of an `http` connection. */
export const httpUrlOrPath = matching(
  /^(https?:\/\/[^\s]+|\/[^\s]*)$/i,
  'write a URL with http or https, or a path',
);
export const port = z.int().min(1).max(65_535);
/** What was read from YAML is JSON already, so there is nothing to check but that it is there. */
export const anyJson = z.custom<Json>((value) => value !== undefined, 'give a value');
/** A CEL expression as an author writes it; its syntax and types are checked by the rules. */
export const celText = z.string().min(1).max(1_000);

/** Keys that every kind which reaches a service takes; left out, they are inherited. */
export const place = {
  service: z
    .string()
    .min(1)
    .optional()
    .describe('Where it is done. Default: the service of the runbook.'),
  environment: z
    .string()
    .min(1)
    .optional()
    .describe('Where of the service. Default: the input `environment`.'),
};
export const connectedPlace = {
  connection: z
    .string()
    .min(1)
    .optional()
    .describe('Over which connection. Default: that of the service.'),
  ...place,
};
export const PLACE = ['service', 'environment'] as const;
export const CONNECTED_PLACE = ['connection', ...PLACE] as const;
