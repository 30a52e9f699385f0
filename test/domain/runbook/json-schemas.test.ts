import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { jsonSchemas } from '#domain/runbook/json-schemas.ts';

const folder = new URL('../../../runbooks/schema/', import.meta.url);

describe('the JSON Schemas beside the runbooks', () => {
  it.each(Object.entries(jsonSchemas()))('%s says what the code does', (file, schema) => {
    expect(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))).toEqual(schema);
  });

  it('describe every key of a runbook and of a step', () => {
    const text = JSON.stringify(jsonSchemas()['runbook.json']);
    const { properties } = JSON.parse(text);
    const keys = { ...properties, ...properties.steps.items.properties };
    const bare = Object.keys(keys).filter((key) => key !== 'kind' && !('description' in keys[key]));
    expect(bare).toEqual([]);
  });
});
