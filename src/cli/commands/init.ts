import { existsSync } from 'node:fs';
import path from 'node:path';

import { loadSettings } from '#adapters/files/load-settings.ts';
import { SETTINGS } from '#adapters/files/runbook-folder.ts';
import { SettingsError } from '#adapters/files/settings-error.ts';
import { CliError } from '#cli/cli-error.ts';
import { configOrRefuse } from '#cli/config-or-refuse.ts';
import { exitCodes } from '#cli/exit-codes.ts';
import {
  type Answers,
  answersOf,
  healthQuestion,
  NOBODY_YET,
  questions,
  serviceQuestion,
} from '#cli/init/answers.ts';
import { answersTo, type Given } from '#cli/init/ask.ts';
import { type FirstRunbook, runbookText } from '#cli/init/runbook-text.ts';
import { settingsText } from '#cli/init/settings-text.ts';
import { testText } from '#cli/init/test-text.ts';
import { writeFiles } from '#cli/init/write-files.ts';
import { print, tell } from '#cli/output.ts';
import { jsonSchemas } from '#domain/runbook/json-schemas.ts';
import { readRunbook } from '#domain/runbook/read-runbook.ts';
import { readSettings } from '#domain/runbook/read-settings.ts';
import { reviewRunbooks } from '#domain/runbook/review-runbooks.ts';
import type { Settings } from '#domain/runbook/settings.ts';

/** A first runbook with its test, and the settings unless there are some. Overwrites nothing. */
export async function init({ yes = false, ...given }: Given & { yes?: boolean }): Promise<number> {
  const { runbooks: folder, overlay } = configOrRefuse({ slack: 'unused' });
  const settings = existsSync(path.join(folder, SETTINGS)) ? await load(folder, overlay) : null;
  const mayAsk = !yes && process.stdin.isTTY && process.stderr.isTTY;
  const asked = settings === null ? questions : [serviceQuestion, healthQuestion];
  const answers = await answersTo(asked, given, mayAsk);
  if (answers === null) {
    tell('Nothing was written.');
    return exitCodes.left;
  }

  const files = settings === null ? startingFiles(answers) : addedFiles(answers, settings);
  const standing = Object.keys(files).find((file) => existsSync(path.join(folder, file)));
  if (standing !== undefined) {
    throw new CliError(`${path.join(folder, standing)} stands already, and nothing was written.`);
  }
  const all = { ...files, ...missingSchemas(folder) };
  writeFiles(folder, all);
  for (const file of Object.keys(all)) print(path.join(folder, file));
  tell(nextCommands(files, `${answers.service}-unhealthy`));
  return exitCodes.ok;
}

async function load(folder: string, overlay: string | null): Promise<Settings> {
  const { settings, diagnostics } = loadSettings(folder, overlay);
  if (settings === null) throw new SettingsError(diagnostics);
  return settings;
}

type Files = Readonly<Record<string, string>>;

function startingFiles(given: Given): Files {
  const answers = answersOf(complete(given));
  const text = settingsText(answers);
  const { settings, diagnostics } = readSettings({ file: SETTINGS, bytes: Buffer.from(text) });
  if (settings === null) throw new SettingsError(diagnostics);
  return { [SETTINGS]: text, ...runbookFiles(answers, settings) };
}

function addedFiles({ service = '', healthUrl = '' }: Given, settings: Settings): Files {
  const known = settings.services[service];
  if (known === undefined) {
    const names = Object.keys(settings.services).join(', ');
    throw new CliError(
      `${SETTINGS} has no service ${service}. It has ${names}: add it there first.`,
    );
  }
  return runbookFiles({ service, healthUrl, ...known }, settings);
}

/** What would not be clean under the settings is not written. */
function runbookFiles(
  of: Pick<Answers, 'service' | 'owner' | 'environments' | 'healthUrl'>,
  settings: Settings,
): Files {
  const first: FirstRunbook = {
    ...of,
    today: new Date().toISOString().slice(0, 10),
    hasErrorRate: settings.services[of.service]?.metrics['error_rate'] !== undefined,
  };
  const file = `${of.service}/unhealthy.yaml`;
  const text = runbookText(first);
  const bytes = Buffer.from(text);
  const { subject, diagnostics } = readRunbook({ file, bytes });
  const found = [
    ...diagnostics,
    ...reviewRunbooks(subject === null ? [] : [subject], {
      settings,
      today: first.today,
      others: new Set(),
    }),
  ];
  if (found.length > 0) {
    const lines = found.map(({ message, hint }) => `  ${message}${hint ? `: ${hint}` : ''}`);
    throw new CliError(`Nothing was written, since ${SETTINGS} does not fit:\n${lines.join('\n')}`);
  }
  return { [file]: text, [`${of.service}/unhealthy.test.yaml`]: testText(first) };
}

function missingSchemas(folder: string): Files {
  const files = Object.entries(jsonSchemas()).map(
    ([name, schema]) => [`schema/${name}`, `${JSON.stringify(schema, null, 2)}\n`] as const,
  );
  return Object.fromEntries(files.filter(([name]) => !existsSync(path.join(folder, name))));
}

function complete(given: Given): Record<keyof Answers, string> {
  const { service = '', owner = '', environments = '', approvers = '' } = given;
  const { metricsUrl = '', deployUrl = '', healthUrl = '' } = given;
  return { service, owner, environments, approvers, metricsUrl, deployUrl, healthUrl };
}

function nextCommands(files: Files, id: string): string {
  const nobody = files[SETTINGS]?.includes(NOBODY_YET) === true;
  return [
    ...(nobody
      ? [`Nobody can approve yet: put a Slack id in place of ${NOBODY_YET} in ${SETTINGS}.`]
      : []),
    'Next:',
    '  handrail lint --strict',
    '  handrail test',
    `  handrail graph ${id} --output ${id}.svg`,
  ].join('\n');
}
