/**
 * Loaded before everything else (`--import`), with a fault in `PLANTED_FAULT`: the files of `src/`
 * that it names are loaded with the fault in it. The files themselves stay as they are.
 */
import { registerHooks } from 'node:module';

import { z } from 'zod';

const Place = z.object({ file: z.string(), says: z.string(), instead: z.string() });
const Fault = Place.extend({ also: Place.optional() });
const { also, ...first } = Fault.parse(JSON.parse(process.env['PLANTED_FAULT'] ?? 'null'));
const places = [first, ...(also === undefined ? [] : [also])].map((place) => ({
  ...place,
  url: new URL(`../../../src/${place.file}`, import.meta.url).href,
}));

registerHooks({
  load(address, context, nextLoad) {
    const loaded = nextLoad(address, context);
    const here = places.filter(({ url }) => url === address);
    if (here.length === 0) return loaded;
    const given = loaded.source;
    const source = typeof given === 'string' ? given : new TextDecoder().decode(given);
    const planted = here.reduce((text, one) => text.replace(one.says, () => one.instead), source);
    return { ...loaded, source: planted };
  },
});
