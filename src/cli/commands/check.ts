import path from 'node:path';

import { loadSettings } from '#adapters/files/load-settings.ts';
import { SettingsError } from '#adapters/files/settings-error.ts';
import { createSecrets } from '#adapters/secrets/secrets.ts';
import { checkRunbook } from '#app/check/check-runbook.ts';
import { type Inside, stepsInside, unknownNames } from '#app/check/inside.ts';
import { missingSecrets } from '#app/check/missing-secrets.ts';
import type { CheckReport } from '#app/check/report.ts';
import { type Asked, findAsked } from '#cli/check/find-asked.ts';
import { createProgress } from '#cli/check/progress.ts';
import { readEnv } from '#cli/check/read-env.ts';
import { readInputs } from '#cli/check/read-inputs.ts';
import { createStopSignal } from '#cli/check/stop-signal.ts';
import { type Format, readOutput, writeReports } from '#cli/check/write-reports.ts';
import { CliError } from '#cli/cli-error.ts';
import { configOrRefuse } from '#cli/config-or-refuse.ts';
import { exitCodes } from '#cli/exit-codes.ts';
import { tell } from '#cli/output.ts';
import { runningPractice } from '#cli/running-practice.ts';
import { usageError } from '#cli/usage-error.ts';
import { parseDuration } from '#domain/duration.ts';
import { closest } from '#domain/runbook/did-you-mean.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import { composeCheck } from '#src/compose-check.ts';

export type CheckOptions = {
  input?: Readonly<Record<string, string>>;
  inputFile?: string;
  only: readonly string[];
  skip: readonly string[];
  timeout?: string;
  envFile: readonly string[];
  inconclusive: 'fail' | 'warn';
  format: Format;
  output: readonly string[];
  practice: boolean;
};

export async function check(asked: string, options: CheckOptions): Promise<number> {
  const { inconclusive } = options;
  const outputs = [{ format: options.format, file: null }, ...options.output.map(readOutput)];
  const timeoutMs = timeoutOf(options.timeout);
  const config = configOrRefuse({ slack: 'unused' });
  const practice = options.practice ? runningPractice(config.folder) : null;
  const envFiles = [...(practice === null ? [] : [practice.env]), ...options.envFile];
  const env = await readEnv(config.env, envFiles);
  const found = await findAsked(asked, config.runbooks);
  const { runbook, folder, file } = found;
  const { settings, diagnostics } = loadSettings(folder, practice?.overlay ?? config.overlay);
  if (settings === null) throw new SettingsError(diagnostics);

  const find = finding(found);
  const selection = { only: options.only.length === 0 ? null : options.only, skip: options.skip };
  refuseUnknown([...options.only, ...options.skip], await stepsInside(runbook, find));
  const inputs = await readInputs(runbook, {
    typed: options.input ?? {},
    file: options.inputFile,
    defaults: settings.inputs[runbook.id] ?? {},
  });
  const secrets = createSecrets({ env });
  const missing = missingSecrets(await stepsInside(runbook, find, selection), settings, secrets);
  if (missing.length > 0) {
    throw new CliError(`Secrets are missing, and nothing was checked:\n${missing.join('\n')}`);
  }

  const folders = [process.cwd(), path.resolve(folder)];
  const deps = composeCheck({ settings, runbook: find, secrets, env, folders, log });
  const stop = createStopSignal(timeoutMs);
  const progress = createProgress(process.stderr, process.env);
  const onStep = ({ id }: { id: string }) => progress.step(id);
  const report = await checkRunbook(deps, { runbook, inputs, selection, onStep }, stop.signal);
  progress.end();
  await writeReports(report, outputs, { file, inconclusive, scrub: (text) => secrets.scrub(text) });
  return stop.exitCode() ?? exitCodeOf(report, inconclusive);
}

function exitCodeOf({ verdict }: CheckReport, inconclusive: 'fail' | 'warn'): number {
  switch (verdict) {
    case 'pass':
      return exitCodes.ok;
    case 'fail':
      return exitCodes.no;
    case 'inconclusive':
      return inconclusive === 'warn' ? exitCodes.ok : exitCodes.inconclusive;
    default:
      return verdict satisfies never;
  }
}

/** Runbooks by id, the asked one under its own, wherever its file is. */
function finding({ runbook, finder }: Asked): (id: string) => Promise<Runbook | null> {
  return async (id) => (id === runbook.id ? runbook : ((await finder.byId(id))?.runbook ?? null));
}

function refuseUnknown(names: readonly string[], inside: readonly Inside[]): void {
  const unknown = unknownNames(names, inside).map((name) => {
    const guess = closest(
      name,
      inside.map(({ place }) => place.plain),
    );
    return guess === null
      ? `There is no step ${name}.`
      : `There is no step ${name}: did you mean ${guess}?`;
  });
  if (unknown.length > 0) throw usageError(unknown.join('\n'));
}

function timeoutOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const ms = parseDuration(text);
  if (ms !== null && ms > 0) return ms;
  throw usageError(`--timeout is a duration such as 90s or 5m, not '${text}'.`);
}

/** Only a fault of ours is worth a line: what the world did is in the report. */
const log = {
  info: () => {},
  warn: () => {},
  error(fields: Readonly<Record<string, unknown>>, message: string) {
    const { error, step } = fields;
    const debugging = process.env['HANDRAIL_LOG_LEVEL'] === 'debug' && error instanceof Error;
    tell(`${String(step)}: ${message}. This is a fault of ours. ${debugging ? error.stack : ''}`);
  },
};
