import type { RuleId } from '#domain/runbook/rule-id.ts';

import { ofFiles } from './of-files.ts';
import { ofFlow } from './of-flow.ts';
import { ofSafety } from './of-safety.ts';
import { ofSteps } from './of-steps.ts';
import { ofWrites } from './of-writes.ts';
import type { RuleDocumentation } from './rule-documentation.ts';

/** Every rule, in the order of the language reference. */
export const documentation: Readonly<Record<RuleId, RuleDocumentation>> = {
  ...ofFiles,
  ...ofSteps,
  ...ofFlow,
  ...ofWrites,
  ...ofSafety,
};
