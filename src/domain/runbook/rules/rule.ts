import type { Diagnostic } from '#domain/diagnostic.ts';
import { hasTemplate } from '#domain/expressions/template.ts';
import type { Runbook, Step } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import { rangeInScalar } from '#domain/runbook/yaml/scalar-offsets.ts';
import type { SourceText } from '#domain/runbook/yaml/source-text.ts';
import {
  keyRangeAt,
  nodeAt,
  type Path,
  type Range,
  rangeAt,
  type YamlNode,
} from '#domain/runbook/yaml/yaml-node.ts';

export type ParsedFile = { source: SourceText; root: YamlNode };

/** A runbook that is sound in itself, with the file that it was read from. */
export type Subject = { runbook: Runbook; file: ParsedFile };

/** Settings that are sound in themselves, with the file that they were read from. */
export type SettingsSubject = { settings: Settings; file: ParsedFile };

/** Looks for one kind of mistake. Every rule sees the whole; none stops another. */
export type Rule = (subject: Subject) => readonly Diagnostic[];

/** Looks at a runbook beside the settings that it runs under. */
export type SettingsRule = (subject: Subject & { settings: Settings }) => readonly Diagnostic[];

/** Looks at all runbooks of a folder, in the order of their files. */
export type LibraryRule = (
  subjects: readonly Subject[],
  /** Ids of those that can't be read at the moment, or that nothing here depends on. */
  others: ReadonlySet<string>,
) => readonly Diagnostic[];

export type LocatedStep = {
  step: Step;
  path: Path;
  /** The `parallel` around a nested step. */
  parent: Step | null;
};

/** Every step with its place in the file, nested ones after the step around them. */
export function locatedSteps({ runbook }: Subject): readonly LocatedStep[] {
  return runbook.steps.flatMap((step, index): LocatedStep[] => [
    { step, path: ['steps', index], parent: null },
    ...step.steps.map((nested, inner) => ({
      step: nested,
      path: ['steps', index, 'steps', inner],
      parent: step,
    })),
  ]);
}

export function atValue(file: ParsedFile, path: Path): Range {
  return rangeAt(file.root, path);
}

export function atKey(file: ParsedFile, path: Path): Range {
  return keyRangeAt(file.root, path);
}

/** A part of a text, wherever and however the text is written. */
export function atPart(file: ParsedFile, path: Path, part: Range): Range {
  const node = nodeAt(file.root, path);
  return node?.kind === 'scalar'
    ? rangeInScalar(file.source.text, node, part)
    : rangeAt(file.root, path);
}

export function asWarning(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, severity: 'warning' };
}

/** A text without expressions in it; null for anything else, whose value only a run will know. */
export function fixedText(value: unknown): string | null {
  return typeof value === 'string' && !hasTemplate(value) ? value : null;
}
