import type { CheckedStep } from '#app/check/report.ts';
import { isJsonObject, objectOf, textOf, type JsonObject } from '#domain/json.ts';

const ofVerdict = { pass: 'OK', fail: 'Problem found', inconclusive: 'No data' } as const;

/** How a step or a whole check is called on screen. */
export function markOf({ verdict, evidence }: Pick<CheckedStep, 'verdict' | 'evidence'>): string {
  if (verdict !== null) return ofVerdict[verdict];
  return evidence?.plan === undefined ? 'Skipped' : 'Planned';
}

/** The steps that were measured themselves: a `parallel` and a called runbook only sum up. */
export function measured(steps: readonly CheckedStep[]): readonly CheckedStep[] {
  return steps.filter(
    ({ verdict, uses }) => verdict !== null && uses !== 'parallel' && uses !== 'runbook',
  );
}

/** What was looked at: a URL, a host, a metric, a place. Empty where the inputs do not say. */
export function whereOf({ evidence }: CheckedStep): string {
  const inputs = evidence?.with ?? {};
  const { url, host, port, name, metric, query, source } = inputs;
  if (typeof host === 'string') return typeof port === 'number' ? `${host}:${port}` : host;
  const [text] = [url, name, metric, query].filter((one) => typeof one === 'string');
  return text ?? (isJsonObject(source) ? sourceText(source) : '');
}

function sourceText(source: JsonObject): string {
  const { env, file, path, deployment, environment } = source;
  if (env === true) return 'the environment of this process';
  if (typeof file === 'string') return file;
  if (typeof path === 'string') return path;
  const what = textOf(deployment, 'current');
  return `the ${what} deployment${typeof environment === 'string' ? ` in ${environment}` : ''}`;
}

/** The facts behind a verdict, a line each: which key and which rule, or what was answered. */
export function evidenceLines({ evidence, summary }: CheckedStep): readonly string[] {
  const { violations, problems, ...facts } = evidence?.result ?? {};
  const broken = Array.isArray(violations) ? violations.filter(isJsonObject) : [];
  const unmet = Array.isArray(problems)
    ? problems.map(String).filter((one) => one !== summary)
    : [];
  if (broken.length > 0) {
    return broken.map(
      (one) => `${textOf(one['key'])} (${textOf(one['rule'])}): ${textOf(one['message'])}`,
    );
  }
  return [
    ...unmet,
    ...Object.entries(facts)
      .filter(([, value]) => isTelling(value))
      .map(([key, value]) => `${key}: ${short(value)}`),
  ];
}

function isTelling(value: unknown): boolean {
  if (value === null || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return !isJsonObject(value) || Object.keys(objectOf(value)).length > 0;
}

const longest = 200;

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
