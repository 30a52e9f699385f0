import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';

import { createProgress } from '#cli/check/progress.ts';
import { CliError } from '#cli/cli-error.ts';
import { configOrRefuse } from '#cli/config-or-refuse.ts';
import { exitCodes } from '#cli/exit-codes.ts';
import { print, printJson, printPainted } from '#cli/output.ts';
import { styled } from '#cli/run/style.ts';
import { chooseTests } from '#cli/test/choose-tests.ts';
import { coverageOfFolder } from '#cli/test/coverage-of-folder.ts';
import { githubReport } from '#cli/test/github-report.ts';
import { jsonReport } from '#cli/test/json-report.ts';
import { junitReport } from '#cli/test/junit-report.ts';
import type { LoadedFolder } from '#cli/test/load-folder.ts';
import { type PlayedFolder, playTests } from '#cli/test/play-tests.ts';
import type { TestReport } from '#cli/test/test-report.ts';
import { textReport } from '#cli/test/text-report.ts';

type Options = {
  format: 'text' | 'json' | 'junit' | 'github';
  filter?: string;
  coverage?: boolean;
};

/** Plays the tests of runbooks. A case that fails and a file that can't be played are a no. */
export async function test(
  paths: readonly string[],
  { format, filter = '', coverage: withCoverage = false }: Options,
): Promise<number> {
  const startedAt = performance.now();
  const { runbooks: folder, overlay } = configOrRefuse({ slack: 'unused' });
  const folders = await chooseTests(paths, { folder, overlay });
  const played = await play(folders, filter);
  const cases = played.flatMap((one) => one.cases);
  if (cases.length === 0) {
    throw new CliError(nothingToPlay(paths.length > 0 ? paths : [folder], filter));
  }

  const covered = withCoverage ? played.map((one) => coverageOfFolder(one.folder, one)) : [];
  const report: TestReport = {
    cases,
    files: folders.reduce((sum, { tests }) => sum + tests.length, 0),
    coverage: covered.flat(),
    durationMs: performance.now() - startedAt,
  };
  if (format === 'json') printJson(jsonReport(report, withCoverage));
  else if (format === 'junit') print(junitReport(report));
  else if (format === 'github') print(githubReport(report));
  else printPainted(await asText(report));
  return cases.some(({ failures }) => failures.length > 0) ? exitCodes.no : exitCodes.ok;
}

async function play(folders: readonly LoadedFolder[], filter: string) {
  const progress = createProgress(process.stderr, process.env);
  const played: (PlayedFolder & { folder: LoadedFolder })[] = [];
  for (const folder of folders) {
    const { cases, seen } = await playTests(folder, {
      filter,
      onCase: (name) => progress.step(name),
    });
    played.push({ folder, cases, seen });
  }
  progress.end();
  return played;
}

/** A gate that finds nothing to play must not be green. */
function nothingToPlay(paths: readonly string[], filter: string): string {
  const where = paths.join(', ');
  return filter === ''
    ? `There are no tests in ${where}: tests are files that end in .test.yaml.`
    : `No case in ${where} has "${filter}" in its name.`;
}

async function asText(report: TestReport): Promise<string> {
  const texts = new Map<string, string>();
  for (const file of new Set(
    report.cases.flatMap((one) => one.failures.map((each) => each.file)),
  )) {
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text !== null) texts.set(file, text);
  }
  return textReport(report, { textOf: (file) => texts.get(file) ?? null, paint: styled });
}
