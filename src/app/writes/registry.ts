import { flagChange } from './flag-change.ts';
import { freeze, unfreeze } from './freeze.ts';
import { httpRequest } from './http-request.ts';
import { rollback } from './rollback.ts';
import type { WriteKind } from './write-kind.ts';

const writeKinds: readonly WriteKind[] = [rollback, freeze, unfreeze, flagChange, httpRequest];

export function writeKindOf(uses: string): WriteKind | null {
  return writeKinds.find((kind) => kind.uses === uses) ?? null;
}
