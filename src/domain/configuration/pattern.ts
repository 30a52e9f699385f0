import { RE2JS } from 're2js';

/** Whether RE2 finds the pattern anywhere in the text: in time linear in its length. */
export function matches(pattern: string, text: string): boolean {
  return RE2JS.compile(pattern).matcher(text).find();
}

/** Null for a pattern that can be compiled, else what is wrong with it. */
export function patternProblem(pattern: string): string | null {
  try {
    RE2JS.compile(pattern);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : 'not a regular expression';
  }
}
