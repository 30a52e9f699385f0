/**
 * Loaded before everything else (`--import`), with a fault in `PLANTED_FAULT`: the one file of `src/`
 * that it names is loaded with the fault in it. The files themselves stay as they are.
 */
import { registerHooks } from 'node:module';

import { z } from 'zod';

const Fault = z.object({ file: z.string(), says: z.string(), instead: z.string() });
const fault = Fault.parse(JSON.parse(process.env['PLANTED_FAULT'] ?? 'null'));
const url = new URL(`../../../src/${fault.file}`, import.meta.url).href;

registerHooks({
  load(address, context, nextLoad) {
    const loaded = nextLoad(address, context);
    if (address !== url) return loaded;
    const given = loaded.source;
    const source = typeof given === 'string' ? given : new TextDecoder().decode(given);
    return { ...loaded, source: source.replace(fault.says, () => fault.instead) };
  },
});
