import { z } from 'zod';

import { anyJson, durationText, shape } from './kinds/shape.ts';
import { RUNBOOK_ID } from './runbook-file.ts';

/** `kind: RunbookTest`: what the world answers, what people do, and what must come of it. */

const text = z.string().min(1);

/** What one attempt of a step gets. Whether it fits the step's kind is checked with the runbook. */
const Mock = z
  .record(z.string(), anyJson)
  .describe(
    'A part of the result, or {error: text}; of a write {lost: true}, {notNeeded: true}, {changed: true}, and its plan.',
  );

const Act = shape({
  step: text.describe('The step that is acted on.'),
  user: text.describe('Who does it.'),
  choose: text.optional().describe('Option of a choose.'),
  answer: z.record(z.string(), anyJson).optional().describe('Values of a form.'),
  done: z
    .literal(true)
    .optional()
    .describe('A manual step is done; a step that writes was done by its fallback.'),
  approve: z.literal(true).optional().describe('Approves a write.'),
  reject: z.literal(true).optional().describe('Rejects a write.'),
  confirm: z.boolean().optional().describe('Resolves the incident; false keeps it open.'),
  breakGlass: z.literal(true).optional().describe('Writes without approval; needs a reason.'),
  skip: z.literal(true).optional().describe('Skips the step.'),
  goto: text.optional().describe('Step to go to.'),
  rerun: z
    .literal(true)
    .optional()
    .describe('Runs a check again from the side; where the run asks, tries the step again.'),
  stop: z.literal(true).optional().describe('Stops the runbook.'),
  after: durationText.optional().describe('Delay before the act.'),
  reason: z.string().optional().describe('Why, in the words of whoever acts.'),
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
  status: z.enum(['succeeded', 'stopped', 'failed']).optional().describe('How the run ended.'),
  waitingOn: text.optional().describe('The step where only a person could go on.'),
  path: z.array(text).optional().describe('Visits of top-level steps, in order.'),
  recommended: z
    .record(z.string(), text.nullable())
    .optional()
    .describe('A choose to the one option that it recommends; null: none.'),
  verdicts: z
    .record(z.string(), z.enum(['pass', 'fail', 'inconclusive']))
    .optional()
    .describe('Step to the verdict of its last visit.'),
  writes: z.array(text).optional().describe('Steps that wrote, in order.'),
  elapsed: shape({
    lessThan: durationText.optional().describe('The run took less.'),
    atLeast: durationText.optional().describe('The run took as much or more.'),
  })
    .optional()
    .describe('Virtual time from start to end.'),
});

const Case = shape({
  name: text.describe('What is tried, as a sentence.'),
  inputs: z.record(z.string(), anyJson).optional().describe('Inputs of the runbook.'),
  users: z.record(z.string(), z.array(text)).optional().describe('User to groups. Default: all.'),
  mocks: z
    .record(z.string(), z.union([Mock, z.array(Mock).min(1, 'give at least one')]))
    .optional()
    .describe('Step id to what its attempts get; the last one repeats.'),
  people: z.array(Act).optional().describe('Acts in order, each as soon as it can be done.'),
  expect: Expectation.describe('What must come of it.'),
});

export const RunbookTestFile = shape({
  apiVersion: z.literal('handrail/v1').describe('The version of the language.'),
  kind: z.literal('RunbookTest').describe('What this file is.'),
  runbook: z.string().regex(RUNBOOK_ID, 'write the id of a runbook').describe('What is tested.'),
  cases: z.array(Case).min(1).describe('Each is played by itself.'),
});
export type RunbookTest = z.infer<typeof RunbookTestFile>;
export type RunbookTestCase = RunbookTest['cases'][number];
