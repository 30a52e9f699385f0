import type { Labels } from '#practice/shop/promql/series.ts';

const OFFSET = 14_695_981_039_346_656_037n;
const PRIME = 1_099_511_628_211n;

/** Alertmanager's: FNV-1a (64 bits) over the sorted names and values, each ended by 0xff. */
export function fingerprint(labels: Labels): string {
  let hash = OFFSET;
  for (const name of Object.keys(labels).toSorted()) {
    for (const byte of [...Buffer.from(name), 0xff, ...Buffer.from(labels[name] ?? ''), 0xff]) {
      hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME);
    }
  }
  return hash.toString(16).padStart(16, '0');
}
