import { z } from 'zod';

import { anyJson, shape } from './shape.ts';
import { noVerdict, READ_OUTCOMES, type StepKind } from './step-kind.ts';

/** Both have a verdict, but it comes from their children or from the run they called. */
export const flowKinds: readonly StepKind[] = [
  {
    name: 'parallel',
    role: 'flow',
    outcomes: READ_OUTCOMES,
    with: shape({}).describe('Runs its nested `steps` at once.'),
    result: shape({ children: z.array(anyJson).nullish() }),
    inherits: [],
    connectionRole: null,
    defaultVerdict: noVerdict,
  },
  {
    name: 'runbook',
    role: 'flow',
    outcomes: READ_OUTCOMES,
    with: shape({
      id: z.string().min(1).describe('Id of the runbook to run.'),
      inputs: z.record(z.string(), anyJson).optional().describe('Its inputs.'),
    }).describe('Runs another runbook; its verdict is that of this step.'),
    result: shape({
      verdict: z.enum(['pass', 'fail', 'inconclusive']),
      outputs: z
        .record(z.string(), z.record(z.string(), anyJson))
        .nullish()
        .describe('Step id to the outputs of that step.'),
    }),
    inherits: [],
    connectionRole: null,
    defaultVerdict: noVerdict,
  },
];
