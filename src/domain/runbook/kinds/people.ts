import { z } from 'zod';

import { anyJson, celText, shape, defaultsTo, matching } from './shape.ts';
import { noVerdict, type StepKind } from './step-kind.ts';

/** Slack cuts the text of a button on a phone; see the rules for surfaces. */
export const LABEL_LIMIT = 24;

const Field = shape({
  type: z.enum(['string', 'integer', 'number', 'boolean', 'array']).describe('Of the value.'),
  title: z.string().min(1).optional().describe('Stands above the field.'),
  description: z.string().min(1).optional().describe('Stands below the field.'),
  default: anyJson.optional().describe('What the field holds to begin with.'),
  enum: z.array(anyJson).min(1).optional().describe('The values to choose from.'),
  items: shape({
    type: z.enum(['string', 'integer', 'number']).describe('Of each item.'),
    enum: z.array(anyJson).min(1).optional().describe('The values to choose from.'),
  })
    .optional()
    .describe('What each item of a list is.'),
  required: z.boolean().optional().meta(defaultsTo(true, 'Must be filled in.')),
  minimum: z.number().optional().describe('The least number.'),
  maximum: z.number().optional().describe('The greatest number.'),
  minLength: z.int().min(0).optional().describe('The fewest characters.'),
  maxLength: z.int().min(1).optional().describe('The most characters.'),
});

const by = z.string().describe('The id of the person.');

export const peopleKinds: readonly StepKind[] = [
  {
    name: 'choose',
    role: 'person',
    outcomes: ['timedOut'],
    with: shape({
      question: z.string().min(1).describe('What is asked.'),
      show: z.array(z.string()).optional().describe('Steps whose findings stand above.'),
      options: z
        .record(
          matching(/^[a-z][a-z0-9_]{0,63}$/, 'write an id such as roll_back'),
          shape({
            label: z
              .string()
              .min(1)
              .describe(`Text of the button, at most ${LABEL_LIMIT} characters.`),
            recommend: celText.optional().describe('CEL; true marks the option as recommended.'),
            next: z.string().describe('Step id, `end` or `ask`.'),
          }),
        )
        .refine((options) => Object.keys(options).length > 0, 'give at least one option')
        .describe('What can be chosen.'),
    }).describe('Asks a person to choose how to go on.'),
    result: shape({ choice: z.string(), by }),
    inherits: [],
    connectionRole: null,
    defaultVerdict: noVerdict,
  },
  {
    name: 'form',
    role: 'person',
    outcomes: ['done', 'timedOut'],
    with: shape({
      question: z.string().min(1).describe('Stands above the fields.'),
      fields: z.record(z.string(), Field).describe('Name to field, in JSON-Schema words.'),
    }).describe('Asks a person to fill in a form.'),
    result: shape({ values: z.record(z.string(), anyJson), by }),
    inherits: [],
    connectionRole: null,
    defaultVerdict: noVerdict,
  },
  {
    name: 'manual',
    role: 'person',
    outcomes: ['done', 'timedOut'],
    with: shape({
      instructions: z.string().min(1).describe('What to do by hand.'),
      confirm: z.string().min(1).optional().meta(defaultsTo('Done', 'Text of the button.')),
    }).describe('Asks a person to do something by hand.'),
    result: shape({ by, note: z.string().nullish() }),
    inherits: [],
    connectionRole: null,
    defaultVerdict: noVerdict,
  },
];
