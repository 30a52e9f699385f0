import type { RichText, RichTextPiece } from '#practice/slack/blocks/rich-text.ts';

import { emoji } from './emoji.ts';
import { channelMention, escapeHtml, link, mention } from './mrkdwn.ts';
import type { Names } from './names.ts';
import { slackDate } from './slack-date.ts';

export function richText(block: RichText, names: Names): string {
  return block.elements
    .map((element) => {
      switch (element.type) {
        case 'rich_text_section':
          return `<p>${pieces(element.elements, names)}</p>`;
        case 'rich_text_quote':
          return `<blockquote>${pieces(element.elements, names)}</blockquote>`;
        case 'rich_text_preformatted':
          return `<pre>${pieces(element.elements, names)}</pre>`;
        case 'rich_text_list': {
          const tag = element.style === 'ordered' ? 'ol' : 'ul';
          const items = element.elements.map((item) => `<li>${pieces(item.elements, names)}</li>`);
          return `<${tag} class="indent-${element.indent ?? 0}">${items.join('')}</${tag}>`;
        }
        default:
          return element satisfies never;
      }
    })
    .join('');
}

function pieces(list: readonly RichTextPiece[], names: Names): string {
  return list.map((piece) => dress(piece, content(piece, names))).join('');
}

function content(piece: RichTextPiece, names: Names): string {
  switch (piece.type) {
    case 'text':
      return escapeHtml(piece.text).replaceAll('\n', '<br>');
    case 'link':
      return link(piece.url, piece.text ?? piece.url, names);
    case 'user':
      return mention(`@${names.person(piece.user_id)}`);
    case 'usergroup':
      return mention(`@${names.usergroup(piece.usergroup_id)}`);
    case 'channel':
      return channelMention(piece.channel_id, names);
    case 'team':
      return mention(piece.team_id);
    case 'broadcast':
      return mention(`@${piece.range}`);
    case 'emoji':
      return escapeHtml(emoji(piece.name));
    case 'color':
      return `<code>${escapeHtml(piece.value)}</code>`;
    case 'date':
      return escapeHtml(
        slackDate(piece.timestamp, piece.format) ?? piece.fallback ?? String(piece.timestamp),
      );
    default:
      return piece satisfies never;
  }
}

function dress(piece: RichTextPiece, html: string): string {
  const style = piece.style;
  if (style === undefined) return html;
  const tags = [
    style.code === true ? 'code' : null,
    style.bold === true ? 'strong' : null,
    style.italic === true ? 'em' : null,
    style.strike === true ? 's' : null,
    style.underline === true ? 'u' : null,
  ].filter((tag) => tag !== null);
  return tags.reduce((inner, tag) => `<${tag}>${inner}</${tag}>`, html);
}
