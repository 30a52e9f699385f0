import { describe, expect, it } from 'vitest';

import { escapeMarkdown } from '#domain/timeline/markdown.ts';

describe('foreign text in Markdown', () => {
  it.each([
    ['**bold** and `code`', String.raw`\*\*bold\*\* and \`code\``],
    ['[press](javascript:x)', String.raw`\[press\](javascript:x)`],
    ['<img src=x>', String.raw`\<img src=x\>`],
    ['&lt;b&gt;', String.raw`\&lt;b\&gt;`],
    ['| a | b |', String.raw`\| a \| b \|`],
    ['see https://evil.example', String.raw`see https\://evil.example`],
    ['see www.evil.example', String.raw`see www\.evil.example`],
    ['# heading', String.raw`\# heading`],
    ['- item', String.raw`\- item`],
    ['1. item', String.raw`1\. item`],
    ['back\\slash', String.raw`back\\slash`],
  ])('loses the meaning of %s', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  it('mentions nobody and no issue', () => {
    expect(escapeMarkdown('@ana fixed #12')).toBe('@\u2060ana fixed #\u206012');
    expect(escapeMarkdown('@\u202eana #\u00007')).toBe('@\u2060ana #\u20607');
    expect(escapeMarkdown('closes a/b#1, gh-3 and GH-4')).toBe(
      'closes a/b#\u20601, gh-\u20603 and GH-\u20604',
    );
  });

  it('stays on one line, without controls that hide or turn text', () => {
    expect(escapeMarkdown('one\n\n# two\u0000\u061c\u202egnp\u001b[31m')).toBe(
      String.raw`one # twognp\[31m`,
    );
  });

  it('leaves plain text as it is', () => {
    expect(escapeMarkdown('0.8 % of orders fail (1842 → 1841), 12.5s')).toBe(
      '0.8 % of orders fail (1842 → 1841), 12.5s',
    );
  });
});
