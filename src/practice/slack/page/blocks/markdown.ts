import { emoji } from './emoji.ts';
import { escapeHtml, link } from './mrkdwn.ts';

/** The Markdown that a `markdown` block may hold: GitHub's, as far as updates and post-mortems use it. */
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
  const [first = '', second = '', ...others] = rows;
  if (rows.length === 0) return '';
  if (/^(-{3,}|\*{3,})$/.test(text.trim())) return '<hr>';
  if (isRow(first) && /^[|\s:-]+$/.test(second)) return table(first, second, others);
  if (rows.every((row) => /^\s*[-*] /.test(row))) return list('ul', rows, /^\s*[-*] /);
  if (rows.every((row) => /^\s*\d+[.)] /.test(row))) return list('ol', rows, /^\s*\d+[.)] /);
  if (rows.every((row) => row.startsWith('>'))) {
    return `<blockquote>${rows.map((row) => inline(row.replace(/^> ?/, ''))).join('<br>')}</blockquote>`;
  }
  const heading = /^#{1,6} (.*)$/.exec(first);
  if (heading !== null) {
    return `<h4>${inline(heading[1] ?? '')}</h4>${paragraph(rows.slice(1).join('\n'))}`;
  }
  const marks = rows.findIndex((row) => /^\s*([-*]|\d+[.)]) /.test(row));
  return marks > 0
    ? `<p>${rows.slice(0, marks).map(inline).join('<br>')}</p>${paragraph(rows.slice(marks).join('\n'))}`
    : `<p>${rows.map(inline).join('<br>')}</p>`;
}

function list(tag: 'ul' | 'ol', rows: readonly string[], bullet: RegExp): string {
  const items = rows.map((row) => `<li>${item(row.replace(bullet, ''))}</li>`);
  return `<${tag}>${items.join('')}</${tag}>`;
}

function item(text: string): string {
  const task = /^\[([ xX])\] (.*)$/.exec(text);
  return task === null ? inline(text) : `${task[1] === ' ' ? '☐' : '☑'} ${inline(task[2] ?? '')}`;
}

function isRow(row: string): boolean {
  return /^\|.*\|$/.test(row.trim());
}

function table(head: string, rule: string, rows: readonly string[]): string {
  const aligns = cells(rule).map((cell) =>
    cell.endsWith(':') ? (cell.startsWith(':') ? 'center' : 'right') : 'left',
  );
  const row = (text: string, tag: 'th' | 'td') =>
    `<tr>${cells(text)
      .map((cell, column) => `<${tag} class="${aligns[column] ?? 'left'}">${inline(cell)}</${tag}>`)
      .join('')}</tr>`;
  const body = rows.map((one) => row(one, 'td')).join('');
  return `<table><thead>${row(head, 'th')}</thead><tbody>${body}</tbody></table>`;
}

function cells(row: string): string[] {
  return row
    .trim()
    .replaceAll(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());
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
