import {
  CORE_SCHEMA,
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  load,
  mergeTag,
} from 'js-yaml';

const MAX_ALIASES = 20;

/** Any tag, such as `!vault` or `!Ref`: it stays in sight, since the same text under another is another value. */
const ANY = { matchByTagPrefix: true, identify: () => false };
const foreignScalar = defineScalarTag('', {
  ...ANY,
  resolve: (source, _isExplicit, tag) => `${tag} ${source}`,
});
const foreignSequence = defineSequenceTag<{ tag: string; items: unknown[] }, object>('', {
  ...ANY,
  create: (tag) => ({ tag, items: [] }),
  addItem: ({ items }, item) => {
    items.push(item);
  },
  finalize: ({ tag, items }) => ({ [tag]: items }),
});
const foreignMapping = defineMappingTag<{ tag: string; pairs: Map<unknown, unknown> }, object>('', {
  ...ANY,
  create: (tag) => ({ tag, pairs: new Map() }),
  addPair: ({ pairs }, key, value) => {
    pairs.set(key, value);
    return '';
  },
  has: ({ pairs }, key) => pairs.has(key),
  keys: (result) => Object.keys(result),
  get: (result, key) => Reflect.get(result, String(key)),
  finalize: ({ tag, pairs }) => ({ [tag]: Object.fromEntries(pairs) }),
});

const schema = CORE_SCHEMA.withTags(mergeTag, foreignScalar, foreignSequence, foreignMapping);

/**
 * A document that others write for their own tools: with merge keys and with tags that we know nothing
 * of. Throws on what is no YAML. As JSON has it, the last of two equal keys counts.
 */
export function loadForeignYaml(text: string): unknown {
  return load(text, { schema, json: true, maxAliases: MAX_ALIASES });
}
