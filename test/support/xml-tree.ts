export type XmlElement = {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
  text: string;
};

/** A strict reader of the XML that reports are written in; throws for what a parser would refuse. */
export function xmlTree(xml: string): XmlElement {
  if (!/^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u.test(xml)) {
    throw new SyntaxError('a character that XML can not hold');
  }
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const token = /<\?xml[^?]*\?>|<\/([\w-]+)>|<([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>|([^<>]+)/gy;
  let at = 0;
  while (at < xml.length) {
    token.lastIndex = at;
    const match = token.exec(xml);
    const top = open.at(-1);
    if (match === null || top === undefined) {
      throw new SyntaxError(`not XML at ${at}: ${xml.slice(at, at + 60)}`);
    }
    at = token.lastIndex;
    const [, closed, opened, attributes = '', empty, text] = match;
    if (text !== undefined) top.text += unescaped(text);
    if (closed !== undefined && open.pop()?.name !== closed) throw new SyntaxError(`</${closed}>`);
    if (opened === undefined) continue;
    const element = { name: opened, attributes: attributesIn(attributes), children: [], text: '' };
    top.children.push(element);
    if (empty === '') open.push(element);
  }
  const [only] = root.children;
  if (only === undefined || open.length > 1 || root.children.length > 1) {
    throw new SyntaxError('not one element');
  }
  return only;
}

function attributesIn(text: string): Record<string, string> {
  const found = [...text.matchAll(/ ([\w-]+)="([^"]*)"/g)];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, unescaped(value)]));
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function unescaped(text: string): string {
  return text.replaceAll(/&(?:#(\d+)|(\w+));|&/g, (all, code?: string, name?: string) => {
    const known = code === undefined ? entities[name ?? ''] : String.fromCodePoint(Number(code));
    if (known === undefined) throw new SyntaxError(`not an entity: ${all}`);
    return known;
  });
}
