import type { Diagnostic } from '#domain/diagnostic.ts';

import { approvalUnsatisfiable } from './approval-unsatisfiable.ts';
import { approvalWidened } from './approval-widened.ts';
import { badCron } from './bad-cron.ts';
import { badPromql } from './bad-promql.ts';
import { badRegex } from './bad-regex.ts';
import { checkWithoutVerdict } from './check-without-verdict.ts';
import { circularCall } from './circular-call.ts';
import { constantCondition } from './constant-condition.ts';
import { endlessLoop } from './endless-loop.ts';
import { hostNotAllowed } from './host-not-allowed.ts';
import { httpNotHttps } from './http-not-https.ts';
import { impossibleRoute } from './impossible-route.ts';
import { inputValues } from './input-values.ts';
import { labelTooLong } from './label-too-long.ts';
import { loadOnProduction } from './load-on-production.ts';
import { metricInputs } from './metric-inputs.ts';
import { openTemplate } from './open-template.ts';
import { overlappingTriggers } from './overlapping-triggers.ts';
import { ratioWithoutTraffic } from './ratio-without-traffic.ts';
import { readBeforeRun } from './read-before-run.ts';
import type { LibraryRule, ParsedFile, Rule, SettingsRule } from './rule.ts';
import { sameId } from './same-id.ts';
import { secretInText, secretReference } from './secret-in-text.ts';
import { stepIds } from './step-ids.ts';
import { stepKeys } from './step-keys.ts';
import { triggerInputs } from './trigger-inputs.ts';
import { typeMismatch } from './type-mismatch.ts';
import { unknownConnection } from './unknown-connection.ts';
import { unknownGroup } from './unknown-group.ts';
import { unknownMetric } from './unknown-metric.ts';
import { unknownRunbook } from './unknown-runbook.ts';
import { unknownStep } from './unknown-step.ts';
import { unknownUses } from './unknown-uses.ts';
import { unreachableStep } from './unreachable-step.ts';
import { untrustedText } from './untrusted-text.ts';
import { watchTooShort } from './watch-too-short.ts';
import { watchWithoutEnd } from './watch-without-end.ts';
import { withSchema } from './with-schema.ts';
import { writeWithoutFallback } from './write-without-fallback.ts';
import { writeWithoutPolicy } from './write-without-policy.ts';
import { writeWithoutVerify } from './write-without-verify.ts';
import type { WrittenStep } from './written-steps.ts';

/** Rules for steps as they were written, before anything else about the file is known to be sound. */
export const writtenStepRules: readonly ((
  steps: readonly WrittenStep[],
  file: ParsedFile,
) => readonly Diagnostic[])[] = [unknownUses, withSchema, stepKeys, stepIds, watchWithoutEnd];

/** Rules for a runbook whose shape is right. One with an error here is not loaded. */
export const runbookRules: readonly Rule[] = [
  inputValues,
  openTemplate,
  typeMismatch,
  secretReference,
  unknownStep,
  impossibleRoute,
  readBeforeRun,
  unreachableStep,
  endlessLoop,
  labelTooLong,
  badRegex,
  badCron,
];

/** Rules for what a reviewer would say. A responder may still need a runbook that breaks one. */
export const reviewRules: readonly Rule[] = [
  constantCondition,
  watchTooShort,
  checkWithoutVerdict,
  ratioWithoutTraffic,
  writeWithoutVerify,
  writeWithoutFallback,
  secretInText,
  untrustedText,
  triggerInputs,
  badPromql,
  httpNotHttps,
];

/** Rules for a runbook beside the settings, which are enforced when it runs. */
export const settingsRules: readonly SettingsRule[] = [
  unknownGroup,
  unknownConnection,
  unknownMetric,
  metricInputs,
  writeWithoutPolicy,
  approvalWidened,
  approvalUnsatisfiable,
  hostNotAllowed,
  loadOnProduction,
];

/** Rules for all runbooks of a folder together. */
export const libraryRules: readonly LibraryRule[] = [
  sameId,
  unknownRunbook,
  circularCall,
  overlappingTriggers,
];
