import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { listFolder } from '#adapters/files/runbook-folder.ts';
import { check } from '#cli/commands/check.ts';
import { lint } from '#cli/commands/lint.ts';
import { test } from '#cli/commands/test.ts';
import { exitCodeOf } from '#cli/exit-code-of.ts';
import { exitCodes } from '#cli/exit-codes.ts';
import { collectInput } from '#cli/input-flags.ts';

import { type ActionInputs, readInputs } from './action-inputs.ts';
import { commentOnPullRequest } from './comment.ts';

type Env = Readonly<Record<string, string | undefined>>;
type Part = { name: string; run: () => Promise<number> };
type Result = { name: string; exitCode: number };

/**
 * Does all that the inputs ask for, also when an early part fails, and answers with the exit code of
 * the job. Each part is a group of the log; what is wrong stands at its line in the pull request.
 */
export async function runAction(env: Env): Promise<number> {
  let inputs: ActionInputs;
  try {
    inputs = readInputs(env);
  } catch (error) {
    return exitCodeOf(error);
  }
  process.env['HANDRAIL_RUNBOOKS'] = inputs.folder;
  const results: Result[] = [];
  for (const part of [...partsOf(inputs), ...checksOf(inputs), ...commentOf(inputs, env)]) {
    results.push(await runPart(part));
  }
  const summary = env['GITHUB_STEP_SUMMARY'];
  if (summary !== undefined) await appendFile(summary, summaryOf(results));
  return results.every(({ exitCode }) => exitCode === exitCodes.ok) ? exitCodes.ok : exitCodes.no;
}

function partsOf({ folder, strict }: ActionInputs): Part[] {
  return [
    { name: 'Lint', run: () => lint([folder], { format: 'github', strict }) },
    {
      name: 'Tests',
      run: async () => {
        const { tests } = await listFolder(folder);
        return tests.length === 0 ? exitCodes.ok : test([folder], { format: 'github' });
      },
    },
  ];
}

function checksOf({ checks, input, envFile, inconclusive }: ActionInputs): Part[] {
  return checks.map((runbook) => ({
    name: `Check ${runbook}`,
    run: async () => {
      const folder = await mkdtemp(path.join(tmpdir(), 'handrail-action-'));
      const annotations = path.join(folder, 'annotations');
      try {
        return await check(runbook, {
          input: input.reduce((before, pair) => collectInput(pair, before), {}),
          envFile,
          inconclusive,
          only: [],
          skip: [],
          practice: false,
          format: 'text',
          output: [`github=${annotations}`],
        });
      } finally {
        process.stdout.write(await readFile(annotations, 'utf8').catch(() => ''));
        await rm(folder, { recursive: true });
      }
    },
  }));
}

function commentOf(inputs: ActionInputs, env: Env): Part[] {
  if (!inputs.comment || env['GITHUB_EVENT_NAME'] !== 'pull_request') return [];
  return [{ name: 'Comment', run: () => commentOnPullRequest(inputs, env) }];
}

async function runPart({ name, run }: Part): Promise<Result> {
  process.stdout.write(`::group::${name}\n`);
  try {
    return { name, exitCode: await run() };
  } catch (error) {
    return { name, exitCode: exitCodeOf(error) };
  } finally {
    process.stdout.write('::endgroup::\n');
  }
}

function summaryOf(results: readonly Result[]): string {
  const rows = results.map(({ name, exitCode }) => `| ${name} | ${worded(exitCode)} |`);
  return ['| Handrail | |', '| --- | --- |', ...rows, ''].join('\n');
}

function worded(exitCode: number): string {
  if (exitCode === exitCodes.ok) return '✅ OK';
  if (exitCode === exitCodes.no) return '❌ Problem found';
  return exitCode === exitCodes.inconclusive ? '❔ No data' : '❌ Could not run';
}
