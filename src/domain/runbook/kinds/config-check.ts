import { z } from 'zod';

import { objectOf } from '#domain/json.ts';

import { CONNECTED_PLACE, connectedPlace, port, shape, defaultsTo } from './shape.ts';
import { fail, inconclusive, pass, READ_OUTCOMES, type StepKind } from './step-kind.ts';

const name = z.string().min(1);

/** Which forms exist; that exactly one is used is checked by `Source`. */
const SourceKeys = shape({
  deployment: name.optional().describe('`current`, `previous`, `suspect` or a deployment id.'),
  environment: name.optional().describe('What runs there now, or where the deployment is.'),
  env: z.literal(true).optional().describe("This process's own environment."),
  file: name.optional().describe('A dotenv, JSON or YAML file.'),
  path: name.optional().describe('A file in a GitHub repository, with `connection`.'),
  ref: name.optional().describe('Branch, tag or commit of `path`.'),
  connection: name.optional().describe('The connection, if not that of the service.'),
});

const Source = SourceKeys.refine(
  ({ deployment, environment, env, file, path, connection, ref }) => {
    if (path !== undefined) return connection !== undefined && !deployment && !env && !file;
    if (ref !== undefined) return false;
    const places = [env, file, deployment ?? environment].filter((given) => given !== undefined);
    return places.length === 1;
  },
  {
    error:
      'name one place: {deployment}, {environment}, {env: true}, {file} or {connection, path, ref}',
  },
);

const UrlRule = shape({
  scheme: z
    .union([name, z.array(name)])
    .optional()
    .describe('Its scheme, or those allowed.'),
  host: z
    .union([name, z.array(name)])
    .optional()
    .describe('Its host, or those allowed.'),
  port: z
    .union([port, z.array(port)])
    .optional()
    .describe('Its port, or those allowed.'),
  path: name.optional().describe('Its path.'),
  notMatching: name.optional().describe('A regular expression (RE2) that the URL must not match.'),
});

const Rule = shape({
  required: z.boolean().optional().describe('The key must be there.'),
  type: z
    .enum(['string', 'integer', 'number', 'boolean'])
    .optional()
    .describe('What the value is.'),
  enum: z
    .array(z.union([z.string(), z.number(), z.boolean()]))
    .min(1)
    .optional()
    .describe('The values that are allowed.'),
  pattern: name.optional().describe('A regular expression (RE2).'),
  minimum: z.number().optional().describe('The least number.'),
  maximum: z.number().optional().describe('The greatest number.'),
  secret: z.boolean().optional().describe('Never shown.'),
  url: UrlRule.optional().describe('What a URL must look like.'),
  resolves: z.boolean().optional().describe('Its host must have an address.'),
  reachable: z.boolean().optional().describe('It must answer now.'),
});

export const configCheck: StepKind = {
  name: 'check.config',
  role: 'read',
  outcomes: READ_OUTCOMES,
  with: shape({
    ...connectedPlace,
    source: Source.describe('Where the configuration is read from.'),
    rules: z.record(z.string(), Rule).optional().describe('What each key must be.'),
    parity: shape({
      with: Source.describe('The other configuration.'),
      compare: z
        .enum(['keys', 'values'])
        .optional()
        .meta(defaultsTo('keys', 'What must be the same.')),
    })
      .optional()
      .describe('A key that the other configuration has and this one lacks is a violation.'),
    diff: shape({ against: Source.describe('The other configuration.') })
      .optional()
      .describe('Shows what changed; never a problem by itself.'),
  }).describe('Holds a configuration against rules.'),
  result: shape({
    violations: z.array(shape({ key: z.string(), rule: z.string(), message: z.string() })),
    missing: z.array(z.string()).nullish(),
    extra: z.array(z.string()).nullish(),
    changed: z.array(z.string()).nullish(),
  }),
  inherits: CONNECTED_PLACE,
  connectionRole: 'deploys',
  defaultVerdict({ violations }) {
    if (!Array.isArray(violations)) return inconclusive('the configuration was not read');
    // A setting can break several rules, and is one wrong setting.
    const wrong = new Set(violations.map((violation) => objectOf(violation)['key'])).size;
    return wrong === 0
      ? pass('every rule is met')
      : fail(`${wrong} wrong setting${wrong === 1 ? '' : 's'}`);
  },
};
