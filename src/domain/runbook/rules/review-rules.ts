import { approvalUnsatisfiable } from './approval-unsatisfiable.ts';
import { approvalWidened } from './approval-widened.ts';
import { badPromql } from './bad-promql.ts';
import { checkWithoutVerdict } from './check-without-verdict.ts';
import { circularCall } from './circular-call.ts';
import { constantCondition } from './constant-condition.ts';
import { hostNotAllowed } from './host-not-allowed.ts';
import { httpNotHttps } from './http-not-https.ts';
import { loadOnProduction } from './load-on-production.ts';
import { metricInputs } from './metric-inputs.ts';
import { overlappingTriggers } from './overlapping-triggers.ts';
import { ratioWithoutTraffic } from './ratio-without-traffic.ts';
import type { LibraryRule, Rule, SettingsRule } from './rule.ts';
import { sameId } from './same-id.ts';
import { secretInText } from './secret-in-text.ts';
import { triggerInputs } from './trigger-inputs.ts';
import { unknownConnection } from './unknown-connection.ts';
import { unknownGroup } from './unknown-group.ts';
import { unknownMetric } from './unknown-metric.ts';
import { unknownRunbook } from './unknown-runbook.ts';
import { unknownSeverity } from './unknown-severity.ts';
import { untrustedText } from './untrusted-text.ts';
import { watchTooShort } from './watch-too-short.ts';
import { writeWithoutFallback } from './write-without-fallback.ts';
import { writeWithoutPolicy } from './write-without-policy.ts';
import { writeWithoutVerify } from './write-without-verify.ts';

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
  unknownSeverity,
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
