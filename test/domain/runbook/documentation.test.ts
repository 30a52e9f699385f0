import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { documentation } from '#domain/runbook/documentation/documentation.ts';
import { allExplanations } from '#domain/runbook/documentation/explanation.ts';
import { RULE_IDS } from '#domain/runbook/rule-id.ts';

import { lintFiles } from './lint-files.ts';

const textOf = (path: string) => readFileSync(new URL(`rules/${path}`, import.meta.url), 'utf8');
const beside = (name: string) => textOf(`beside/${name}`);
const readme = readFileSync(new URL('../../../runbooks/README.md', import.meta.url), 'utf8');

/** The example with what an author would have around it. */
function whole(example: string): Record<string, string> {
  if (/^(?:groups|approvals|connections):/.test(example)) {
    const services =
      'services: { checkout: { owner: payments, environments: [production] } }\nconnections: {}\n';
    return {
      'handrail.yaml': `apiVersion: handrail/v1\nkind: Settings\n${services}${example}\n`,
    };
  }
  const settings = { 'handrail.yaml': beside('handrail.yaml'), 'a.yaml': beside('smoke.yaml') };
  const title = example.startsWith('title:') ? '' : 'title: Checkout is slow\n';
  const head = `apiVersion: handrail/v1\nkind: Runbook\nid: checkout-slow\n${title}service: checkout\nowner: payments\n`;
  const inputs = /^inputs:/m.test(example)
    ? ''
    : 'inputs: { environment: { type: string, enum: [production], default: production } }\n';
  if (example.startsWith('- ')) {
    return { ...settings, 'try.yaml': `${head}${inputs}steps:\n${example}\n` };
  }
  const steps = /^steps:/m.test(example)
    ? ''
    : 'steps:\n  - { id: look, title: Look, uses: manual, with: { instructions: Look } }\n';
  return { ...settings, 'try.yaml': `${head}${inputs}${example}\n${steps}` };
}

/** `untested-runbook` looks at tests beside the runbook; it has tests of its own. */
const inFile = RULE_IDS.filter((rule) => rule !== 'untested-runbook');

describe('the documentation of a rule', () => {
  it.each(inFile)('%s shows what is wrong, and nothing else is', (rule) => {
    const { diagnostics } = lintFiles(whole(documentation[rule].wrong));
    const found = diagnostics.map(({ severity, rule: of }) => `${severity} ${of}`);
    expect(new Set(found)).toEqual(new Set([`${documentation[rule].severity} ${rule}`]));
  });

  it.each(inFile)('%s shows what is right', (rule) => {
    expect(lintFiles(whole(documentation[rule].right)).diagnostics).toEqual([]);
  });

  it.each(inFile)('%s has an error file and a file that only looks like one', (rule) => {
    expect(textOf(`err/${rule}.out`)).toContain(` ${rule}: `);
    expect(textOf(`ok/${rule}.yaml`)).toContain('apiVersion');
  });

  it('is in the language reference as it is in the code, rule by rule', () => {
    const section = readme.slice(readme.indexOf('\n### bad-yaml\n')).trim();
    expect(section).toBe(allExplanations());
  });
});
