import { z } from 'zod';

import { anyJson, durationText, shape } from './kinds/shape.ts';
import { RUNBOOK_ID } from './runbook-file.ts';

/** `kind: RunbookTest`: what the world answers, what people do, and what must come of it. */

const text = z.string().min(1);

/** What one attempt of a step gets: a part of its result, or a failure. */
const Mock = z
  .record(z.string(), anyJson)
  .describe('A part of the result; {error} or {lost: true}.');

const Act = shape({
  step: text.describe('The step that is acted on.'),
  user: text.describe('Who does it.'),
  choose: text.optional().describe('Option of a choose.'),
  answer: z.record(z.string(), anyJson).optional().describe('Values of a form.'),
  done: z.literal(true).optional().describe('Confirms a manual step.'),
  approve: z.literal(true).optional(),
  reject: z.literal(true).optional(),
  confirm: z.literal(true).optional().describe('Confirms a draft.'),
  breakGlass: z.literal(true).optional(),
  skip: z.literal(true).optional(),
  goto: text.optional().describe('Step to go to.'),
  rerun: z.literal(true).optional(),
  stop: z.literal(true).optional(),
  after: durationText.optional().describe('Delay before the act.'),
  reason: text.optional(),
  expect: z.literal('refused').optional().describe('The act must not be allowed.'),
}).refine((act) => VERBS.filter((verb) => act[verb] !== undefined).length === 1, {
  error:
    'give one act: choose, answer, done, approve, reject, confirm, breakGlass, skip, goto, rerun or stop',
});

const VERBS = [
  'choose',
  'answer',
  'done',
  'approve',
  'reject',
  'confirm',
  'breakGlass',
  'skip',
  'goto',
  'rerun',
  'stop',
] as const;

const Expectation = shape({
  status: z.enum(['succeeded', 'stopped', 'failed']).optional(),
  waitingOn: text.optional().describe('The step where only a person could go on.'),
  path: z.array(text).optional().describe('Visits of top-level steps, in order.'),
  recommended: z.record(z.string(), text).optional().describe('Choose to recommended option.'),
  verdicts: z.record(z.string(), z.enum(['pass', 'fail', 'inconclusive'])).optional(),
  writes: z.array(text).optional().describe('Steps that wrote, in order.'),
  elapsed: shape({ lessThan: durationText }).optional().describe('Virtual time.'),
});

const Case = shape({
  name: text.describe('What is tried, as a sentence.'),
  inputs: z.record(z.string(), anyJson).optional(),
  users: z.record(z.string(), z.array(text)).optional().describe('User to groups. Default: all.'),
  mocks: z
    .record(z.string(), z.union([z.array(Mock).min(1), Mock]))
    .optional()
    .describe('Step id to what its attempts get; the last one repeats.'),
  people: z.array(Act).optional().describe('Acts in order, each as soon as it can be done.'),
  expect: Expectation.describe('What must come of it.'),
});

export const RunbookTestFile = shape({
  apiVersion: z.literal('handrail/v1').describe('The version of the language.'),
  kind: z.literal('RunbookTest'),
  runbook: z.string().regex(RUNBOOK_ID, 'write the id of a runbook').describe('What is tested.'),
  cases: z.array(Case).min(1),
});
export type RunbookTest = z.infer<typeof RunbookTestFile>;
