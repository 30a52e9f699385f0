import { z } from 'zod';

import type { CheckKind } from './check-kind.ts';
import { connectionFor } from './connection.ts';
import { inputsOf, measured } from './outcome.ts';

const With = z.object({
  flag: z.string(),
  connection: z.string().optional(),
  service: z.string().optional(),
  environment: z.string().optional(),
});

export const flagsGet: CheckKind = {
  async measure(request, { signal }, { flags, settings }) {
    const { flag, connection: named, ...place } = inputsOf(With, request);
    const { service = request.service, environment = request.environment } = place;
    const types = ['http', 'unleash', 'openfeature'] as const;
    const wanted = { named, role: 'flags', types };
    const connection = connectionFor(settings(), { ...request, service }, wanted);
    const value = await flags.read({ connection, service, environment, flag }, signal);
    return measured({ value }, `${flag} is ${JSON.stringify(value)}`);
  },
};
