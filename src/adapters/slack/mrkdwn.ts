import type { PersonRef } from '#ports/chat-messages.ts';

/**
 * The one way for text from outside into Slack. Slack reads `&`, `<` and `>` as control: left
 * alone, a host name or an error body could mention a channel or disguise a link. Control and
 * direction-changing characters are taken out, since they can make a line read as another one.
 * All of it is measured as Slack does, after escaping, and cut with an ellipsis between characters.
 */
export function mrkdwn(text: string, max: number): string {
  return cut(text, max, escapeCharacter);
}

/** As `mrkdwn`, for a place that is one line: a title, a name, a finding. */
export function mrkdwnLine(text: string, max: number): string {
  return mrkdwn(oneLine(text), max);
}

/** For `plain_text` places (buttons, modal titles, confirm dialogs), where nothing is control. */
export function plainText(text: string, max: number): string {
  return cut(text, max, (character) => character);
}

/** Raw output in a fence that the output itself cannot close. */
export function codeBlock(text: string, max: number): string {
  const fence = '```';
  const body = mrkdwn(text.replaceAll('`', 'ˋ'), max - 2 * fence.length - 2);
  return `${fence}\n${body === '' ? ' ' : body}\n${fence}`;
}

/**
 * A person as `@name`, which tells nobody: people are not to be notified for their own acts, and
 * only a notice's `mention` is meant to be heard.
 */
export function personName(person: PersonRef): string {
  return `@${mrkdwnLine(person.name === '' ? person.id : person.name, 80)}`;
}

/** A mention that does notify: of a person, or of a user group. Null for what is neither. */
export function mention(id: string): string | null {
  if (/^[UW][A-Z0-9]{1,30}$/.test(id)) return `<@${id}>`;
  if (/^S[A-Z0-9]{1,30}$/.test(id)) return `<!subteam^${id}>`;
  return null;
}

/** A link to a channel by its id; a name stays text. */
export function channelLink(channel: string): string {
  return /^[CG][A-Z0-9]{1,30}$/.test(channel) ? `<#${channel}>` : mrkdwnLine(channel, 90);
}

/** A link; anything but http and https stays text. */
export function link(label: string, url: string): string {
  const text = mrkdwnLine(label, 75);
  if (!URL.canParse(url)) return text;
  const { protocol, href } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return text;
  const target = href.replaceAll('|', '%7C').replaceAll('>', '%3E').replaceAll('<', '%3C');
  return target.length > 500 ? text : `<${target.replaceAll('&', '&amp;')}|${text}>`;
}

function cut(text: string, max: number, encode: (character: string) => string): string {
  let out = '';
  let short = '';
  for (const character of visible(text)) {
    const encoded = encode(character);
    if (out.length + encoded.length > max) return `${short}…`;
    out += encoded;
    if (out.length < max) short = out;
  }
  return out;
}

function escapeCharacter(character: string): string {
  switch (character) {
    case '&':
      return '&amp;';
    case '<':
      return '&lt;';
    case '>':
      return '&gt;';
    default:
      return character;
  }
}

function visible(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(?![\n\t])\p{Cc}|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
