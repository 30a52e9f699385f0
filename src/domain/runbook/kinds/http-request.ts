import { z } from 'zod';

import { CONNECTED_PLACE, anyJson, connectedPlace, httpUrlOrPath, shape } from './shape.ts';
import { noVerdict, type StepKind, WRITE_OUTCOMES } from './step-kind.ts';

export const httpRequest: StepKind = {
  name: 'http.request',
  role: 'write',
  outcomes: WRITE_OUTCOMES,
  with: shape({
    ...connectedPlace,
    url: httpUrlOrPath.describe('The URL to call, or a path below that of the `http` connection.'),
    method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']).describe('The request method.'),
    body: anyJson.optional().describe('Text is sent as it is, anything else as JSON.'),
  }).describe('Writes: sends a request, once, after its approval.'),
  result: shape({ status: z.int(), body: anyJson.nullish() }),
  inherits: CONNECTED_PLACE,
  connectionRole: null,
  defaultVerdict: noVerdict,
};
