import { githubAnnotations } from '#cli/lint/github-annotations.ts';

import { failureText, type TestReport } from './test-report.ts';

/** Annotations at the expectations that were not met. */
export function githubReport({ cases }: TestReport): string {
  return githubAnnotations(
    cases.flatMap(({ name, failures }) =>
      failures.map((failure) => {
        const { file, line, column, endLine, endColumn } = failure;
        const place = { file, line, column, endLine, endColumn };
        const message = failureText(failure);
        return { ...place, severity: 'error' as const, rule: name, message };
      }),
    ),
  );
}
