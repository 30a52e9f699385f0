import { z } from 'zod';

import { CONNECTED_PLACE, connectedPlace, shape } from './shape.ts';
import { noVerdict, READ_OUTCOMES, type StepKind } from './step-kind.ts';

export const metricCheck: StepKind = {
  name: 'check.metric',
  role: 'read',
  outcomes: READ_OUTCOMES,
  with: shape({
    ...connectedPlace,
    metric: z.string().min(1).optional().describe('A query named in the settings of the service.'),
    query: z.string().min(1).optional().describe('A PromQL query, instead of `metric`.'),
    traffic: shape({
      metric: z.string().min(1).describe('A metric of the service that counts the traffic.'),
      atLeast: z.number().min(0).describe('Below this the check is inconclusive.'),
    })
      .optional()
      .describe('How much traffic it takes before the value means anything.'),
  })
    .refine((given) => (given.metric === undefined) !== (given.query === undefined), {
      error: 'give either `metric` or `query`',
    })
    .describe('Reads one value from the metrics back end. Give it `pass` or `fail`.'),
  result: shape({
    value: z.number().nullable(),
    series: z
      .array(shape({ labels: z.record(z.string(), z.string()), value: z.number().nullable() }))
      .nullish(),
  }),
  inherits: CONNECTED_PLACE,
  connectionRole: 'metrics',
  defaultVerdict: noVerdict,
};
