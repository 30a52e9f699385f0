import path from 'node:path';

import {
  createRunbookFinder,
  type FoundRunbook,
  type RunbookFinder,
  settingsFolder,
} from '#adapters/files/find-runbook.ts';
import { CliError } from '#cli/cli-error.ts';
import { closest } from '#domain/runbook/did-you-mean.ts';
import { formatDiagnostics } from '#domain/runbook/format-diagnostics.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';

/** A runbook that was asked for by its id or path, and the folder of the settings that go with it. */
export type Asked = { runbook: Runbook; file: string; folder: string; finder: RunbookFinder };

/** A file outside of the folder goes with the nearest settings above it, or else with the folder's. */
export async function findAsked(asked: string, folder: string): Promise<Asked> {
  if (!/[/\\]|\.ya?ml$/.test(asked)) {
    const finder = createRunbookFinder(folder);
    const found = await finder.byId(asked);
    if (found === null) throw await unknownId(asked, folder, finder);
    return { ...loaded(found), folder, finder };
  }
  for (const file of [path.resolve(asked), path.resolve(folder, asked)]) {
    const root = (await settingsFolder(path.dirname(file))) ?? folder;
    const finder = createRunbookFinder(root);
    const found = await finder.byFile(file);
    if (found !== null) return { ...loaded(found), folder: root, finder };
  }
  throw new CliError(`There is no file ${asked}, neither here nor below ${folder}.`);
}

function loaded({ file, runbook, diagnostics }: FoundRunbook) {
  if (runbook !== null) return { file, runbook };
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  throw new CliError(
    `The runbook has errors, and nothing was checked:\n${formatDiagnostics(errors, () => null)}`,
  );
}

async function unknownId(asked: string, folder: string, finder: RunbookFinder): Promise<CliError> {
  const ids = await finder.ids();
  const guess = closest(asked, ids);
  const hint =
    guess !== null
      ? `Did you mean ${guess}?`
      : ids.length === 0
        ? 'That folder has none: give a path, set HANDRAIL_RUNBOOKS, or write a first one with handrail init.'
        : `That folder has ${ids.join(', ')}.`;
  return new CliError(`There is no runbook ${asked} below ${folder}. ${hint}`);
}
