import { exitCodes } from '#cli/exit-codes.ts';
import { printJson } from '#cli/output.ts';
import { jsonSchemas } from '#domain/runbook/json-schemas.ts';

/** One kind is its JSON Schema; none is all of them, by the name of their file. */
export function schema(kind: string | undefined): number {
  const schemas = jsonSchemas();
  printJson(kind === undefined ? schemas : (schemas[`${kind}.json`] ?? {}));
  return exitCodes.ok;
}
