import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { loadSettings } from '#adapters/files/load-settings.ts';
import { findAsked } from '#cli/check/find-asked.ts';
import { CliError } from '#cli/cli-error.ts';
import { configOrRefuse } from '#cli/config-or-refuse.ts';
import { exitCodes } from '#cli/exit-codes.ts';
import { print, tell } from '#cli/output.ts';
import { mermaidOf } from '#domain/runbook/graph/mermaid.ts';
import { svgOf } from '#domain/runbook/graph/svg.ts';
import { printedRunbook } from '#domain/runbook/printed/printed-runbook.ts';

const writers = { mermaid: mermaidOf, svg: svgOf, md: printedRunbook } as const;
type Format = keyof typeof writers;

const formats: Readonly<Record<string, Format>> = {
  '.svg': 'svg',
  '.md': 'md',
  '.markdown': 'md',
  '.mmd': 'mermaid',
  '.mermaid': 'mermaid',
};

/** Settings that can't be read only cost what they would have said: approvals and queries. */
export async function graph(
  asked: string,
  { format, output }: { format?: Format; output?: string },
): Promise<number> {
  const config = configOrRefuse({ slack: 'unused' });
  const { runbook, folder } = await findAsked(asked, config.runbooks);
  const { settings } = loadSettings(folder, config.overlay);
  if (settings === null) {
    tell(`The settings of ${folder} can't be read, so approvals and queries are left out.`);
  }

  const named = output === undefined ? undefined : formats[path.extname(output).toLowerCase()];
  const drawn = writers[format ?? named ?? 'mermaid'](runbook, settings);
  if (output === undefined) print(drawn);
  else {
    await writeFile(output, drawn).catch((error: unknown) => {
      throw new CliError(
        `${output} can't be written: ${error instanceof Error ? error.message : ''}`,
      );
    });
    tell(`Wrote ${output}`);
  }
  return exitCodes.ok;
}
