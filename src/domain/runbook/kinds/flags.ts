import { z } from 'zod';

import { CONNECTED_PLACE, anyJson, connectedPlace, shape } from './shape.ts';
import { noVerdict, READ_OUTCOMES, type StepKind, WRITE_OUTCOMES } from './step-kind.ts';

const flag = z.string().min(1).describe("The flag's key.");

export const flagKinds: readonly StepKind[] = [
  {
    name: 'flags.get',
    role: 'read',
    outcomes: READ_OUTCOMES,
    with: shape({ ...connectedPlace, flag }).describe('Reads a feature flag.'),
    result: shape({ value: anyJson }),
    inherits: CONNECTED_PLACE,
    connectionRole: 'flags',
    defaultVerdict: noVerdict,
  },
  {
    name: 'flags.set',
    role: 'write',
    outcomes: WRITE_OUTCOMES,
    with: shape({ ...connectedPlace, flag, value: anyJson.describe('The value to set.') }).describe(
      'Writes: sets a feature flag, after its approval.',
    ),
    result: shape({ value: anyJson, previous: anyJson.nullish() }),
    inherits: CONNECTED_PLACE,
    connectionRole: 'flags',
    defaultVerdict: noVerdict,
  },
];
