import type { Diagnostic } from '#domain/diagnostic.ts';

import { badCron } from './bad-cron.ts';
import { badRegex } from './bad-regex.ts';
import { endlessLoop } from './endless-loop.ts';
import { impossibleRoute } from './impossible-route.ts';
import { inputValues } from './input-values.ts';
import { labelTooLong } from './label-too-long.ts';
import { openTemplate } from './open-template.ts';
import { readBeforeRun } from './read-before-run.ts';
import type { ParsedFile, Rule } from './rule.ts';
import { secretReference } from './secret-in-text.ts';
import { stepIds } from './step-ids.ts';
import { stepKeys } from './step-keys.ts';
import { typeMismatch } from './type-mismatch.ts';
import { unknownStep } from './unknown-step.ts';
import { unknownUses } from './unknown-uses.ts';
import { unreachableStep } from './unreachable-step.ts';
import { watchWithoutEnd } from './watch-without-end.ts';
import { withSchema } from './with-schema.ts';
import type { WrittenStep } from './written-steps.ts';

/** Rules for steps as they were written, before anything else about the file is known to be sound. */
export const writtenStepRules: readonly ((
  steps: readonly WrittenStep[],
  file: ParsedFile,
) => readonly Diagnostic[])[] = [unknownUses, withSchema, stepKeys, stepIds, watchWithoutEnd];

/** Rules for a runbook whose shape is right, whatever its steps do. One with an error here is not loaded. */
export const shapeRules: readonly Rule[] = [
  inputValues,
  openTemplate,
  secretReference,
  unknownStep,
  badCron,
];

/** The same, and what can be said once it is plain what each step does. */
export const runbookRules: readonly Rule[] = [
  ...shapeRules,
  typeMismatch,
  impossibleRoute,
  readBeforeRun,
  unreachableStep,
  endlessLoop,
  labelTooLong,
  badRegex,
];
