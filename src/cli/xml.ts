import { xmlText } from '#domain/xml-text.ts';

/** An XML element; its content is written already. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: readonly string[] = [],
): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${xmlText(String(value)).replaceAll(/[\t\n\r]/g, spaceOf)}"`,
  );
  const start = `<${name}${written.join('')}`;
  return content.length === 0 ? `${start}/>` : `${start}>${content.join('\n')}</${name}>`;
}

/** White space in an attribute would be read as one space each. */
function spaceOf(space: string): string {
  return `&#${space.charCodeAt(0)};`;
}
