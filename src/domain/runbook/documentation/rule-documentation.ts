/**
 * What a rule is for, as `handrail explain` and `runbooks/README.md` say it. The examples are parts of
 * a runbook or of settings: a test puts the rest around them and reads both.
 */
export type RuleDocumentation = {
  severity: 'error' | 'warning';
  /** One sentence: what it finds, and what comes of it otherwise. */
  why: string;
  wrong: string;
  right: string;
};
