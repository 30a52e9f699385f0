import { emoji } from './emoji.ts';
import type { Names } from './names.ts';
import { slackDate } from './slack-date.ts';

/**
 * Slack's mrkdwn as HTML. Whatever the text says it stays inert: every piece is escaped on its way
 * out, and only the tags written here get through.
 */
export function mrkdwn(text: string, names: Names): string {
  return split(
    text,
    /```\n?([^]*?)\n?```/g,
    (code) => `<pre>${escapeHtml(plain(code))}</pre>`,
    (rest) => quotes(rest.replaceAll(/^\n|\n$/g, ''), names),
  );
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Plain text with its emoji and line breaks. */
export function plainWithEmoji(text: string): string {
  return lines(escapeHtml(text).replaceAll(/:([a-z0-9_+-]+):/g, (_, name: string) => emoji(name)));
}

/** A link within the page, or to the web in a new tab; any other scheme is shown as text only. */
export function link(url: string, label: string, names?: Names): string {
  const inside = names?.inside(url) ?? null;
  if (inside !== null) return `<a href="${escapeHtml(inside)}">${escapeHtml(label)}</a>`;
  const parsed = URL.parse(url);
  const safe = parsed !== null && ['http:', 'https:', 'mailto:'].includes(parsed.protocol);
  return safe
    ? `<a href="${escapeHtml(parsed.href)}" target="_blank" rel="noopener noreferrer">${escapeHtml(label)}</a>`
    : escapeHtml(label);
}

export function mention(text: string): string {
  return `<span class="mention">${escapeHtml(text)}</span>`;
}

/** A channel by its name, which leads there whoever is in it. */
export function channelMention(id: string, names: Names, label = ''): string {
  const name = `#${label === '' ? names.channel(id) : label}`;
  const address = names.address(id);
  return address === null
    ? mention(name)
    : `<a class="mention" href="${escapeHtml(address)}">${escapeHtml(name)}</a>`;
}

function quotes(text: string, names: Names): string {
  return text
    .split(/((?:^|\n)(?:&gt;|>)[^\n]*(?:\n(?:&gt;|>)[^\n]*)*\n?)/)
    .map((part, index) =>
      index % 2 === 1
        ? `<blockquote>${inline(part.replaceAll(/^\n?(?:&gt;|>) ?|\n$/gm, ''), names)}</blockquote>`
        : inline(part, names),
    )
    .join('');
}

/**
 * Code and references are drawn first and stand as one private character each while the rest is
 * styled, so that bold may go around a mention and nothing inside code counts.
 */
function inline(text: string, names: Names): string {
  const drawn: string[] = [];
  function stash(html: string): string {
    drawn.push(html);
    return String.fromCodePoint(STASH + drawn.length - 1);
  }
  const bare = text
    .replaceAll(/[\u{F0000}-\u{FFFFD}]/gu, '')
    .replaceAll(/`([^`\n]+)`/g, (_, code: string) =>
      stash(`<code>${escapeHtml(plain(code))}</code>`),
    )
    .replaceAll(/<([^<>\n]+)>/g, (_, token: string) => stash(reference(token, names)));
  return styled(bare).replaceAll(
    /[\u{F0000}-\u{FFFFD}]/gu,
    (mark) => drawn[(mark.codePointAt(0) ?? 0) - STASH] ?? '',
  );
}

/** The first of Unicode's private plane 15, which no text uses. */
const STASH = 0xf0000;

function reference(token: string, names: Names): string {
  const [target = '', label] = token.split('|', 2);
  const id = target.slice(1);
  if (target.startsWith('@')) return mention(`@${names.person(id)}`);
  if (target.startsWith('#')) {
    return channelMention(id, names, label);
  }
  if (target.startsWith('!subteam^')) return mention(`@${names.usergroup(target.slice(9))}`);
  if (target.startsWith('!date^')) return date(target, plain(label ?? target));
  if (target.startsWith('!')) return mention(`@${id}`);
  return link(plain(target), plain(label ?? target), names);
}

/** `!date^seconds^format`, maybe with a link behind. */
function date(target: string, fallback: string): string {
  const [, seconds = '', format = '', url] = target.split('^');
  const text = slackDate(Number(seconds), format) ?? fallback;
  return url === undefined ? escapeHtml(text) : link(plain(url), text);
}

const STYLES = [
  { tag: 'strong', pattern: /(?<![\p{L}\p{N}])\*(?=\S)([^*\n]*[^*\s])\*(?![\p{L}\p{N}])/u },
  { tag: 'em', pattern: /(?<![\p{L}\p{N}])_(?=\S)([^_\n]*[^_\s])_(?![\p{L}\p{N}])/u },
  { tag: 's', pattern: /(?<![\p{L}\p{N}])~(?=\S)([^~\n]*[^~\s])~(?![\p{L}\p{N}])/u },
] as const;

/** Marks count only around a word or words, as in Slack: `a*b*c` is no bold. */
function styled(text: string): string {
  for (const { tag, pattern } of STYLES) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const after = text.slice(match.index + match[0].length);
    return `${styled(text.slice(0, match.index))}<${tag}>${styled(match[1] ?? '')}</${tag}>${styled(after)}`;
  }
  return plainWithEmoji(plain(text));
}

/** Undoes Slack's escapes, before the text is escaped for HTML. */
function plain(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function lines(escaped: string): string {
  return escaped.replaceAll('\n', '<br>');
}

function split(
  text: string,
  pattern: RegExp,
  inside: (captured: string) => string,
  outside: (rest: string) => string,
): string {
  let html = '';
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    html += outside(text.slice(end, match.index)) + inside(match[1] ?? '');
    end = match.index + match[0].length;
  }
  return html + outside(text.slice(end));
}
