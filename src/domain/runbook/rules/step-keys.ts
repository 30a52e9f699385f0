import type { Diagnostic } from '#domain/diagnostic.ts';
import type { StepKind } from '#domain/runbook/kinds/step-kind.ts';

import { atKey, type ParsedFile } from './rule.ts';
import type { WrittenStep } from './written-steps.ts';

/** Which roles may have a key; the others would ignore it, and nothing is ignored here. */
const ROLES: Readonly<Record<string, readonly StepKind['role'][]>> = {
  pass: ['read'],
  fail: ['read'],
  noData: ['read'],
  watch: ['read'],
  retry: ['read', 'write'],
  approval: ['write'],
  fallback: ['write'],
};
const COPIED = ['uses', 'with', 'pass', 'fail', 'noData'];

/** A step has the keys that its kind can use, and those that it needs. */
export function stepKeys(steps: readonly WrittenStep[], file: ParsedFile): readonly Diagnostic[] {
  return steps.flatMap((step) =>
    [...missing(step), ...misplaced(step), ...forNested(step), ...forRepeat(step)].map(
      ({ key, message }) =>
        file.source.problem('bad-value', atKey(file, [...step.path, ...key]), message),
    ),
  );
}

type Finding = { key: readonly string[]; message: string };

function missing({ keys, nested, kind }: WrittenStep): readonly Finding[] {
  const found: Finding[] = [];
  if (!('uses' in keys) && !('repeat' in keys)) {
    found.push({ key: ['id'], message: 'give `uses` (a kind of step) or `repeat`' });
  }
  if (!nested && !('title' in keys)) {
    found.push({ key: ['id'], message: 'the key "title" is missing' });
  }
  if (kind?.name === 'parallel' && !('steps' in keys)) {
    found.push({ key: ['uses'], message: 'parallel needs nested `steps`' });
  }
  return found;
}

function misplaced({ keys, kind, uses }: WrittenStep): readonly Finding[] {
  if (kind === null) return [];
  const found = Object.entries(ROLES)
    .filter(([key, roles]) => key in keys && !roles.includes(kind.role))
    .map(([key]) => ({ key: [key], message: `\`${key}\` means nothing for ${uses}` }));
  if (uses === 'parallel') return found;
  const flow = ['foreach', 'steps'].filter((key) => key in keys);
  return [...found, ...flow.map((key) => ({ key: [key], message: `\`${key}\` is for parallel` }))];
}

function forNested({ keys, nested, kind }: WrittenStep): readonly Finding[] {
  if (!nested) return [];
  const found: Finding[] = ['next', 'repeat', 'watch']
    .filter((key) => key in keys)
    .map((key) => ({ key: [key], message: `a nested step has no \`${key}\`` }));
  if (kind !== null && kind.role !== 'read') {
    found.push({ key: ['uses'], message: 'a nested step only reads' });
  }
  return found;
}

function forRepeat({ keys }: WrittenStep): readonly Finding[] {
  if (!('repeat' in keys)) return [];
  return COPIED.filter((key) => key in keys).map((key) => ({
    key: [key],
    message: `\`${key}\` is copied from the step that this one repeats`,
  }));
}
