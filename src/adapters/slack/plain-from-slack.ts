/**
 * What a person wrote in Slack, as plain text: Slack sends mentions and links as `<…>` and escapes
 * three characters.
 */
export function plainFromSlack(text: string): string {
  return text
    .replaceAll(/<([^<>]*)>/g, (_all, inner: string) => readable(inner))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

export type Mentioned = { id: string; name: string | null };

/** The people mentioned in text as Slack sends it. The name is there only sometimes. */
export function mentionedPeople(text: string): Mentioned[] {
  return [...text.matchAll(/<@([UW][A-Z0-9]+)(?:\|([^<>]*))?>/g)].map(([, id = '', name = '']) => ({
    id,
    name: name === '' ? null : name,
  }));
}

function readable(inner: string): string {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? '' : inner.slice(bar + 1);
  if (target.startsWith('@')) return `@${label === '' ? target.slice(1) : label}`;
  if (target.startsWith('#')) return `#${label === '' ? target.slice(1) : label}`;
  if (target.startsWith('!')) return label === '' ? `@${target.slice(1).split('^')[0]}` : label;
  const url = target.replace(/^mailto:/, '');
  return label === '' || label === url ? url : `${label} (${url})`;
}
