import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { mermaidOf } from '#domain/runbook/graph/mermaid.ts';
import { runbookOf } from '#test/domain/runbook/runbook-text.ts';

const runbook = runbookOf(`
  - {id: end_it, title: Look, uses: deploys.list, next: {pass: end}}
  - {id: back, title: Back, uses: deploys.rollback, if: 'steps.end_it.verdict == "fail"'}
  - {id: decide, title: Decide, uses: choose, with: {question: What now, options: {a: {label: Again, next: end_it}}}}`);

/** What a label may hold: words, harmless signs, entities, and our own two tags. */
const label = /"(?:<b>|<\/b>|<br\/>|#\d+;|[^"#<>&%`;:*~\\|[\]{}@$^\p{Cc}])*"/u.source;
const node = String.raw`(?:start|(?:step|ask|end)_\w+)`;
const line = new RegExp(
  [
    '^flowchart TD$',
    `^ {2}${node}(?:\\(\\[${label}\\]\\)|\\[${label}\\]|\\[/${label}\\\\\\]|\\[\\[${label}\\]\\]|\\(${label}\\)|\\{\\{${label}\\}\\}):::\\w+$`,
    `^ {2}${node} (?:-->|-\\.->)(?:\\|${label}\\|)? ${node}$`,
    String.raw`^ {2}classDef \w+ [\w:#,\- ]+$`,
  ].join('|'),
  'u',
);

function strangeLines(text: string): readonly string[] {
  return text
    .trimEnd()
    .split('\n')
    .filter((one) => !line.test(one));
}

describe('the Mermaid flowchart', () => {
  it('is a flowchart line by line', () => {
    expect(mermaidOf(runbook)).toContain('flowchart TD\n');
    expect(strangeLines(mermaidOf(runbook))).toEqual([]);
  });

  it('marks what writes and what asks people', () => {
    const text = mermaidOf(runbook);
    expect(text).toContain('step_back[["<b>Back</b><br/>writes#58; deploys.rollback');
    expect(text).toMatch(/step_back\[\[.*:::writes/);
    expect(text).toMatch(/step_decide\[\/.*:::people/);
    expect(text).toContain('step_back -->|"Failed');
  });

  it('has no id that Mermaid reads as a word of its own', () => {
    expect(mermaidOf(runbook)).not.toMatch(/(?<!\w)end(?![\w_])(?=[ ([])/);
  });

  it.each([
    { title: 'Is "it" up?', shown: 'Is #34;it#34; up?' },
    { title: '1. Look', shown: '#49;. Look' },
    { title: '- Look', shown: '#45; Look' },
    { title: '`x` <script>', shown: '#96;x#96; #60;script#62;' },
    { title: '_Look_ at error_rate', shown: '#95;Look#95; at error_rate' },
    { title: '%%{init: {}}%%', shown: '#37;#37;#123;init#58; #123;#125;#125;#37;#37;' },
    { title: 'Läuft 結帳 🔥', shown: 'Läuft 結帳 🔥' },
  ])('shows $title as text', ({ title, shown }) => {
    const [first, ...rest] = runbook.steps;
    if (first === undefined) throw new Error('no step');
    expect(mermaidOf({ ...runbook, steps: [{ ...first, title }, ...rest] })).toContain(
      `<b>${shown}</b>`,
    );
  });

  it('stays a flowchart whatever people write', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (written) => {
        const steps = runbook.steps.map((step) => ({
          ...step,
          title: written,
          if: written,
          with: { ...step.with, options: { a: { label: written, next: 'end_it' } } },
        }));
        expect(strangeLines(mermaidOf({ ...runbook, steps }))).toEqual([]);
      }),
    );
  });
});
