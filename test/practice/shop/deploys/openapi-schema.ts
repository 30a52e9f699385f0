import { readFileSync } from 'node:fs';

import { load } from 'js-yaml';
import { z } from 'zod';

const source = readFileSync('src/adapters/deploys/http/openapi.yaml', 'utf8');
const document = z
  .object({ components: z.object({ schemas: z.record(z.string(), z.looseObject({})) }) })
  .parse(load(source.replaceAll('#/components/schemas/', '#/$defs/')));

/** A schema of the OpenAPI document, as a check of what the practice platform answers. */
export function schemaOf(name: string): z.ZodType {
  return z.fromJSONSchema({ $ref: `#/$defs/${name}`, $defs: document.components.schemas });
}
