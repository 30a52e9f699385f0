import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { differenceOf } from '#domain/runbook/difference/difference.ts';
import { movedIds } from '#domain/runbook/difference/moved-ids.ts';
import { readRunbook } from '#domain/runbook/read-runbook.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';

import { encode } from './runbook-text.ts';

const file = new URL('../../../runbooks/checkout/bad-gateway-url.yaml', import.meta.url);
const text = readFileSync(file, 'utf8');
const original = runbook(text);

function runbook(written: string): Runbook {
  const reading = readRunbook({ file: 'try.yaml', bytes: encode(written) });
  if (reading.runbook === null) throw new Error(JSON.stringify(reading.diagnostics));
  return reading.runbook;
}

/** The difference that these replacements in the file make. */
function after(...replacements: readonly (readonly [from: string, to: string])[]): string {
  const edited = replacements.reduce((so, [from, to]) => {
    expect(so).toContain(from);
    return so.replace(from, () => to);
  }, text);
  return differenceOf(original, runbook(edited));
}

describe('the difference of two versions of a runbook', () => {
  it('is empty for the same runbook, and for one that only looks different', () => {
    expect(differenceOf(original, original)).toBe('');
    expect(after(["fail: '> 5%'", 'fail: result.value > 0.05'])).toBe('');
  });

  it('names a runbook that is new, and one that went', () => {
    const head = '**Checkout returns 5xx after a deploy shipped wrong payment-gateway URLs**';
    expect(differenceOf(null, original)).toContain(`New runbook: ${head}`);
    expect(differenceOf(original, null)).toContain(`Removed runbook: ${head}`);
  });

  it('tells a changed condition under its step, and under the step that repeats it', () => {
    expect(after(["fail: '> 5%'", "fail: '> 10%'"])).toBe(
      [
        '**Steps**\n',
        '- **Is checkout failing** (`symptom`)',
        '  - Problem found if: `result.value > 0.05` → `result.value > 0.1`',
        '- **Healthy again, and staying so** (`recovery`)',
        '  - Problem found if: `result.value > 0.05` → `result.value > 0.1`',
        '',
      ].join('\n'),
    );
  });

  it('tells texts, inputs, triggers and approvals', () => {
    const changed = after(
      ['why: Restores the last build that was healthy.', 'why: Stops the bleeding.'],
      ['default: 2m,', 'default: 5m,'],
      ['start: checks', 'start: person'],
      ['timeout: 10m\n', 'timeout: 10m\n    approval: {required: 2}\n'],
      ['reviewed: 2026-11-22', 'reviewed: 2026-11-23'],
    );
    expect(changed).toContain('- Reviewed: “2026-11-22” → “2026-11-23”');
    expect(changed).toContain('- Removed `alert CheckoutErrorRateHigh`');
    expect(changed).toContain('- Added `alert CheckoutErrorRateHigh, waits for Start`');
    expect(changed).toContain('- `hold`\n  - `default`: `2m` → `5m`');
    expect(changed).toContain(
      '  - Why: “Restores the last build that was healthy.” → “Stops the bleeding.”',
    );
    expect(changed).toContain('  - `approval`: added `{"required":2,"groups":null}`');
  });

  it('tells a step that came, and the default route that it took over', () => {
    const step =
      '  - {id: region, title: Which region, uses: manual, with: {instructions: Look}}\n\n';
    const changed = after(['  - id: decide\n', `${step}  - id: decide\n`]);
    expect(changed).toContain(
      '- Added **Which region** (`region`), `manual`, after **Do the shipped URLs point at the right hosts**',
    );
    expect(changed).toContain('  - OK: goes to `decide` → `region`');
    expect(changed).not.toContain('(`gateways`)');
  });

  it('takes a step with another id for the same step', () => {
    const changed = after(
      ['- {id: triage,', '- {id: look,'],
      ['manual: {label: Keep looking, next: triage}', 'manual: {label: Keep looking, next: look}'],
      ['rejected: triage', 'rejected: look'],
      [
        'next: {pass: smoke, fail: triage, inconclusive: triage}',
        'next: {pass: smoke, fail: look, inconclusive: look}',
      ],
      [
        'next: {pass: resolve, fail: triage, inconclusive: triage}',
        'next: {pass: resolve, fail: look, inconclusive: look}',
      ],
    );
    expect(changed).toBe('**Steps**\n\n- **Triage by hand** (`look`)\n  - Its id was `triage`\n');
  });

  it('tells where an option leads now, by the label on the button', () => {
    expect(after(['label: Keep looking, next: triage', 'label: Keep looking, next: end'])).toBe(
      '**Steps**\n\n- **Decide** (`decide`)\n  - “Keep looking”: goes to `triage` → the end\n',
    );
  });

  it('tells changes inside of parallel, with the nested step', () => {
    expect(after(['minDaysLeft: 7', 'minDaysLeft: 14'])).toContain(
      '  - `tls`: `minDaysLeft`: `7` → `14`',
    );
  });

  it('keeps hostile text from becoming Markdown', () => {
    const changed = after(['title: Decide', "title: '](https://evil.example) <img> @team **x**'"]);
    expect(changed).not.toMatch(/(?<!\\)<img|(?<!\\)\]\(/u);
    const code = after(['status: 200,', "status: 200, bodyMatches: 'a``b`',"]);
    expect(code).toContain('``` a``b` ```');
  });
});

describe('what moved', () => {
  const letters = ['a', 'b', 'c', 'd'];

  it.each([
    { order: ['a', 'b', 'c', 'd'], moved: [] },
    { order: ['b', 'c', 'd', 'a'], moved: ['a'] },
    { order: ['d', 'a', 'b', 'c'], moved: ['d'] },
  ])('to the order $order is only $moved', ({ order, moved }) => {
    expect([...movedIds(letters, order)]).toEqual(moved);
  });
});
