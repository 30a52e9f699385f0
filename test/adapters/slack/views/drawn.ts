type Drawn = { blocks: readonly unknown[] };

/** All that is written in a message, in its order. */
export function textOf(message: Drawn): string {
  const strings: string[] = [];
  JSON.stringify(message.blocks, (key, value: unknown) => {
    if ((key === 'text' || key === 'title') && typeof value === 'string') strings.push(value);
    return value;
  });
  return strings.join('\n');
}

/** What the presses of its buttons bring back. */
export function buttonsOf(message: Drawn): string[] {
  return [...JSON.stringify(message.blocks).matchAll(/"value":"([^"]*)"/g)].map(
    ([, value]) => value ?? '',
  );
}
