import { z } from 'zod';

import {
  anyJson,
  celText,
  durationTemplate,
  durationText,
  shape,
  defaultsTo,
  matching,
} from './kinds/shape.ts';
import type { InputSpec } from './runbook.ts';

/** `kind: Runbook` as an author writes it. What it becomes is `Runbook`; see `regular-runbook.ts`. */

export const RUNBOOK_ID = /^[a-z][a-z0-9-]{0,63}$/;
const STEP_ID = /^[a-z][a-z0-9_]{0,63}$/;
const NAME = /^[a-zA-Z_][a-zA-Z0-9_]{0,63}$/;
const RESERVED = new Set(['ask', 'end']);
const TAKEN = new Set(['inputs', 'steps', 'result', 'plan', 'incident', 'run', 'alert', 'body']);

const text = z.string().min(1);
const isoDate = z.iso.date('write a date such as 2026-11-22');

const InputSpecFile = shape({
  type: z
    .enum(['string', 'integer', 'number', 'boolean', 'duration', 'array', 'object'])
    .describe('What the value is.'),
  title: text.exactOptional().describe('Label in forms. Default: the name.'),
  description: text.exactOptional().describe('Help in forms.'),
  default: anyJson.exactOptional().describe('The value where none is given.'),
  required: z
    .boolean()
    .exactOptional()
    .describe('It must be given. Default: true unless there is a default.'),
  enum: z.array(anyJson).min(1).exactOptional().describe('The values that are allowed.'),
  get items(): z.ZodExactOptional<z.ZodType<InputSpec>> {
    return InputSpecFile.exactOptional().describe('What each item of an array is.');
  },
  pattern: text.exactOptional().describe('A regular expression (RE2) for the whole text.'),
  minimum: z.number().exactOptional().describe('The least number.'),
  maximum: z.number().exactOptional().describe('The greatest number.'),
  minLength: z.int().min(0).exactOptional().describe('The fewest characters.'),
  maxLength: z.int().min(0).exactOptional().describe('The most characters.'),
});

const TriggerFile = shape({
  alert: z
    .record(z.string(), z.string())
    .optional()
    .describe('Label matchers, all must match; `~` begins a regular expression.'),
  schedule: shape({
    cron: text.meta({
      description: 'Five fields: minute, hour, day of month, month, day of week.',
      examples: ['0 10 * * 2'],
    }),
    timezone: text.optional().meta(defaultsTo('UTC', 'An IANA time zone.')),
    mode: z.enum(['live', 'dryRun', 'drill']).optional().meta(defaultsTo('live', 'How it runs.')),
  })
    .optional()
    .describe('When it starts by itself.'),
  inputs: z.record(z.string(), anyJson).optional().describe('Inputs; text may hold `${{ }}`.'),
  start: z
    .enum(['checks', 'person'])
    .optional()
    .meta(
      defaultsTo(
        'checks',
        '`checks` runs up to the first step that needs a person; `person` waits.',
      ),
    ),
}).refine(({ alert, schedule }) => (alert === undefined) !== (schedule === undefined), {
  error: 'give either `alert` or `schedule`',
});

const stepKeys = {
  id: matching(
    STEP_ID,
    'write an id such as what_changed: a small letter, then letters, digits or _',
  )
    .refine((id) => !RESERVED.has(id), '`ask` and `end` are reserved')
    .describe('Unique in the file.'),
  title: text.optional().describe('What responders read.'),
  why: text.optional().describe('One sentence for whoever presses the button.'),
  uses: text.optional().describe('The kind of step, such as check.http.'),
  repeat: text.optional().describe('Id of a check to do again: same inputs, pass and fail.'),
  if: celText.optional().meta({
    description: 'CEL; false skips the step.',
    examples: ['steps.config.verdict == "fail"'],
  }),
  with: z.record(z.string(), anyJson).optional().describe('The inputs of the kind.'),
  pass: celText.optional().meta({
    description: "OK if this is true: CEL over `result`, or a threshold such as '< 3%'.",
    examples: ['< 3%', 'result.status == 200'],
  }),
  fail: celText.optional().meta({
    description: "Problem found if this is true: CEL over `result`, or a threshold such as '> 5%'.",
    examples: ['> 5%', 'has(result.suspect)'],
  }),
  noData: z
    .enum(['inconclusive', 'fail'])
    .optional()
    .meta(defaultsTo('inconclusive', 'The verdict where a metric has no data.')),
  finding: z.record(z.string(), text).optional().describe('Outcome to a short text for people.'),
  outputs: z
    .record(matching(NAME, 'write a name such as error_rate'), celText)
    .optional()
    .describe('Name to CEL over `result`.'),
  timeout: durationTemplate.optional().describe('Of one attempt.'),
  retry: shape({
    attempts: z
      .int()
      .min(1)
      .max(10)
      .optional()
      .describe('How often to try in all: 3 times if nothing is said, a write once.'),
    backoff: durationText
      .optional()
      .meta(defaultsTo('1s', 'Wait after the first attempt; then twice as long each time.')),
  })
    .optional()
    .describe('Only when measuring itself failed, or a write is known to have failed.'),
  watch: shape({
    every: durationTemplate.optional().meta(defaultsTo('10s', 'How often to look.')),
    hold: durationTemplate.optional().meta(defaultsTo('0s', 'How long it must pass.')),
    giveUpAfter: durationTemplate.describe('After this the last sample decides.'),
    giveUpWhen: celText.optional().describe('CEL; true ends the watch with fail.'),
  })
    .optional()
    .describe('Checks only: repeat until it has passed for `hold`.'),
  foreach: z
    .record(
      matching(NAME, 'write a name such as host').refine((name) => !TAKEN.has(name), {
        error: `this name is taken, like ${[...TAKEN].join(', ')}`,
      }),
      celText,
    )
    .refine((names) => Object.keys(names).length === 1, 'give exactly one name')
    .optional()
    .describe('`parallel` only: one name to a CEL list.'),
  approval: shape({
    required: z.int().min(1).optional().describe('More people than the policy asks for.'),
    groups: z.array(text).min(1).optional().describe('Fewer groups than the policy names.'),
  })
    .optional()
    .describe('Tightens the policy of the settings for this step.'),
  fallback: text.optional().describe('How to do a step that writes by hand.'),
  next: z
    .record(z.string(), text)
    .optional()
    .meta({
      description: 'Where to go by outcome: a step id, `end`, or `ask` for asking a person.',
      examples: [{ pass: 'end', fail: 'ask' }],
    }),
};

export const StepFile = shape({
  ...stepKeys,
  steps: z.array(shape(stepKeys)).min(1).optional().describe('`parallel` only: the nested steps.'),
});
export type StepFile = z.infer<typeof StepFile>;

export const RunbookFile = shape({
  apiVersion: z.literal('handrail/v1').describe('The version of the language.'),
  kind: z.literal('Runbook').describe('What this file is.'),
  id: matching(RUNBOOK_ID, 'write an id such as checkout-bad-gateway-url').describe(
    'Unique among all runbooks.',
  ),
  title: text.describe('What responders read.'),
  service: text.describe('A service of the settings.'),
  owner: text.describe('A group of the settings.'),
  links: z.record(z.string(), text).optional().describe('Name to URL.'),
  reviewed: isoDate.optional().describe('Date of the last review.'),
  review: durationText.optional().describe('How long a review holds.'),
  triggers: z.array(TriggerFile).optional().describe('What starts it by itself.'),
  inputs: z
    .record(matching(NAME, 'write a name such as gateway_hosts'), InputSpecFile)
    .optional()
    .describe('Name to what the value must be.'),
  steps: z.array(StepFile).min(1).describe('In the order in which they run without a route.'),
});
export type RunbookFile = z.infer<typeof RunbookFile>;
