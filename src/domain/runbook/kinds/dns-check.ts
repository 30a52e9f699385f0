import { z } from 'zod';

import { PLACE, durationText, hostname, place, shape, defaultsTo } from './shape.ts';
import { fail, inconclusive, pass, READ_OUTCOMES, type StepKind } from './step-kind.ts';

export const dnsCheck: StepKind = {
  name: 'check.dns',
  role: 'read',
  outcomes: READ_OUTCOMES,
  with: shape({
    ...place,
    name: hostname.describe('The name to look up.'),
    type: z
      .enum(['A', 'AAAA', 'CNAME', 'MX', 'NS', 'TXT', 'SRV'])
      .optional()
      .meta(defaultsTo('A', 'The type of record.')),
    expect: z
      .array(z.string())
      .min(1)
      .optional()
      .describe('Answers that must all be among those given.'),
  }).describe('Looks a name up.'),
  result: shape({
    answers: z.array(z.string()),
    rcode: z.string().nullish(),
    duration: durationText.nullish(),
    error: z.string().nullish(),
  }),
  inherits: PLACE,
  connectionRole: null,
  defaultVerdict(result, withInputs) {
    const answers = result['answers'];
    if (!Array.isArray(answers)) return inconclusive('no answer was read');
    if (answers.length === 0) return fail('the name has no answer');

    const expected = Array.isArray(withInputs['expect']) ? withInputs['expect'] : [];
    const missing = expected.filter((answer) => !answers.includes(answer));
    return missing.length === 0
      ? pass(`answers ${answers.join(', ')}`)
      : fail(`${missing.join(', ')} is not among the answers`);
  },
};
