import { rollback } from './rollback.ts';
import type { WriteKind } from './write-kind.ts';

const writeKinds: readonly WriteKind[] = [rollback];

export function writeKindOf(uses: string): WriteKind | null {
  return writeKinds.find((kind) => kind.uses === uses) ?? null;
}
