import { emoji } from './emoji.ts';
import { escapeHtml, link } from './mrkdwn.ts';

/** The Markdown that a `markdown` block may hold, as far as updates and post-mortems use it. */
export function markdown(text: string): string {
  return text
    .split(/(```[^]*?```)/)
    .map((part) =>
      part.startsWith('```')
        ? `<pre>${escapeHtml(part.replaceAll(/^```\w*\n?|\n?```$/g, ''))}</pre>`
        : part
            .split(/\n{2,}/)
            .map(paragraph)
            .join(''),
    )
    .join('');
}

function paragraph(text: string): string {
  const rows = text.split('\n').filter((row) => row.trim() !== '');
  if (rows.length === 0) return '';
  if (rows.every((row) => /^\s*[-*] /.test(row))) return list('ul', rows, /^\s*[-*] /);
  if (rows.every((row) => /^\s*\d+[.)] /.test(row))) return list('ol', rows, /^\s*\d+[.)] /);
  if (rows.every((row) => row.startsWith('>'))) {
    return `<blockquote>${rows.map((row) => inline(row.replace(/^> ?/, ''))).join('<br>')}</blockquote>`;
  }
  const [first = '', ...rest] = rows;
  const heading = /^#{1,6} (.*)$/.exec(first);
  if (heading === null) return `<p>${rows.map(inline).join('<br>')}</p>`;
  return `<h4>${inline(heading[1] ?? '')}</h4>${paragraph(rest.join('\n'))}`;
}

function list(tag: 'ul' | 'ol', rows: readonly string[], bullet: RegExp): string {
  const items = rows.map((row) => `<li>${inline(row.replace(bullet, ''))}</li>`);
  return `<${tag}>${items.join('')}</${tag}>`;
}

function inline(text: string): string {
  return text
    .split(/(`[^`]+`|\[[^\]]+\]\([^)\s]+\))/)
    .map((part) => {
      if (part.startsWith('`') && part.length > 2) {
        return `<code>${escapeHtml(part.slice(1, -1))}</code>`;
      }
      const anchor = /^\[([^\]]+)\]\(([^)\s]+)\)$/.exec(part);
      return anchor === null ? emphasis(escapeHtml(part)) : link(anchor[2] ?? '', anchor[1] ?? '');
    })
    .join('');
}

function emphasis(escaped: string): string {
  return escaped
    .replaceAll(/\*\*(\S(?:[^*]*\S)?)\*\*/g, '<strong>$1</strong>')
    .replaceAll(/(?<![\w*])[*_](\S(?:[^*_]*\S)?)[*_](?![\w*])/g, '<em>$1</em>')
    .replaceAll(/~~(\S(?:[^~]*\S)?)~~/g, '<s>$1</s>')
    .replaceAll(/:([a-z0-9_+-]+):/g, (_, name: string) => emoji(name));
}
