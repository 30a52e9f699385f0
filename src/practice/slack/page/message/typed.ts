import type { Names } from '#practice/slack/page/blocks/names.ts';

/** A stored text as a person would type it: what composing it again makes the same of. */
export function typed(text: string, names: Names): string {
  return text
    .replaceAll(/<([^<>\n]+)>/g, (_, token: string) => reference(token, names))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function reference(token: string, names: Names): string {
  const [target = '', label] = token.split('|', 2);
  if (target.startsWith('@')) return `@${names.person(target.slice(1))}`;
  if (target.startsWith('#')) return `#${label ?? names.channel(target.slice(1))}`;
  if (target.startsWith('!subteam^')) return `@${names.usergroup(target.slice(9))}`;
  return target.startsWith('!') ? `@${target.slice(1)}` : target;
}
