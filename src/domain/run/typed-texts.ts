import { isJsonObject, objectOf, type Json, type JsonObject } from '#domain/json.ts';

/**
 * What people typed into a form or wrote as a note, on its way through the end of their step. In the
 * record it stands under `texts`, where it can be erased, and nowhere else: not in the result, nor in
 * the outputs and the finding that were made of it. A reader gets it back in its place.
 */
type Ended = { finding: string; outputs: JsonObject; result: JsonObject | null };
type Texts = Readonly<Record<string, string | null>>;

const valuePrefix = 'value:';
const outputPrefix = 'output:';

/** Whether the result of such a step is what a person typed. */
export function isTyped(uses: string): boolean {
  return uses === 'form' || uses === 'manual';
}

/** Takes the texts out. `worded`: the finding was made of the result. */
export function takeTexts(ended: Ended, worded: boolean): Ended & { texts: Texts } {
  const texts: Record<string, string> = {};
  const values = objectOf(ended.result?.['values']);
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string') texts[`${valuePrefix}${name}`] = value;
  }
  const note = ended.result?.['note'];
  if (typeof note === 'string') texts['note'] = note;
  for (const [name, output] of Object.entries(ended.outputs)) {
    if (holdsText(output)) texts[`${outputPrefix}${name}`] = JSON.stringify(output);
  }
  if (worded) texts['finding'] = ended.finding;
  return { ...without(ended, texts), texts };
}

/** Puts the texts back; an erased one is null, as an output it is unset, and as a finding empty. */
export function putTextsBack(ended: Ended, texts: Texts = {}): Ended {
  const values: Record<string, Json> = {};
  const outputs: Record<string, Json> = {};
  for (const [name, text] of Object.entries(texts)) {
    if (name.startsWith(valuePrefix)) values[name.slice(valuePrefix.length)] = text;
    if (name.startsWith(outputPrefix) && text !== null) {
      outputs[name.slice(outputPrefix.length)] = JSON.parse(text);
    }
  }
  const { result } = ended;
  return {
    finding: texts['finding'] ?? ended.finding,
    outputs: { ...ended.outputs, ...outputs },
    result: result && {
      ...result,
      ...(Object.keys(values).length > 0 && {
        values: { ...objectOf(result['values']), ...values },
      }),
      ...('note' in texts && { note: texts['note'] ?? null }),
    },
  };
}

function without({ finding, outputs, result }: Ended, texts: Texts): Ended {
  const kept = (prefix: string, values: JsonObject) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => !(`${prefix}${name}` in texts)));
  return {
    finding: 'finding' in texts ? '' : finding,
    outputs: kept(outputPrefix, outputs),
    result: result && {
      ...result,
      ...('values' in result && { values: kept(valuePrefix, objectOf(result['values'])) }),
      ...('note' in texts && { note: null }),
    },
  };
}

function holdsText(value: Json): boolean {
  if (typeof value === 'string') return true;
  if (Array.isArray(value)) return value.some(holdsText);
  return isJsonObject(value) && Object.values(value).some(holdsText);
}
