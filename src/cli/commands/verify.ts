import { readFileSync } from 'node:fs';

import { sha256 } from '#adapters/store/event-store.ts';
import { CliError } from '#cli/cli-error.ts';
import { exitCodes } from '#cli/exit-codes.ts';
import { print, printJson, tellProblem } from '#cli/output.ts';
import { openRecord } from '#cli/record.ts';
import { usageError } from '#cli/usage-error.ts';
import type { Verified } from '#domain/timeline/record.ts';
import { verifyExport } from '#domain/timeline/timeline-export.ts';
import { parseForeign } from '#domain/well-formed-json.ts';
import { version } from '#src/version.ts';

type Options = {
  head: readonly string[];
  file?: string;
  format: 'text' | 'json';
  practice: boolean;
};

export async function verify(id: string | undefined, options: Options): Promise<number> {
  const heads = options.head.map(headIn);
  const { stream, ...found } =
    options.file === undefined
      ? await inRecord(id, heads, options)
      : inFile(options.file, id, heads);
  const { entries, intact, brokenAt } = found;
  if (options.format === 'json') {
    const { head: last } = found;
    printJson({ schemaVersion: 1, incident: stream, entries, head: last, intact, brokenAt });
  } else if (intact) {
    print(`${stream}: intact, ${entries} entries, head ${found.head}`);
  } else {
    print(`${stream}: NOT intact: ${why(found, heads)}`);
  }
  return intact ? exitCodes.ok : exitCodes.no;
}

/** A line of Slack's small print ends with it, or it is all that was given. */
function headIn(line: string): string {
  const head = /[0-9a-f]{24,64}$/.exec(line.trim().toLowerCase())?.[0];
  if (head !== undefined) return head;
  throw usageError(
    'a head is at least 24 figures and letters, as posted in Slack: "Record 41 · 3f2a…".',
  );
}

function why({ entries, brokenAt, missing }: Verified, heads: readonly string[]): string {
  if (brokenAt === null) return 'what it says of the incident is not what the record says';
  if (brokenAt <= entries) return `entry ${brokenAt} of ${entries} is not what was recorded`;
  const posted = missing.filter((head) => heads.includes(head));
  return posted.length === 0
    ? `its last entries are missing, it has ${entries}`
    : `the record has ${entries} entries, and not the ${posted.length === 1 ? 'head' : 'heads'} ${posted.join(', ')}`;
}

async function inRecord(
  id: string | undefined,
  heads: readonly string[],
  { practice }: Options,
): Promise<Verified & { stream: string }> {
  if (id === undefined) throw usageError('name an incident, or a file of one: --file FILE');
  await using record = await openRecord({ practice });
  return { stream: id, ...(await record.verify(id, heads)) };
}

function inFile(
  file: string,
  id: string | undefined,
  heads: readonly string[],
): Verified & { stream: string } {
  const found = verifyExport(parseForeign(read(file)), { sha256, version, heads });
  if (found === null) {
    throw new CliError(
      `${file} is no timeline with its record. handrail timeline <id> --format json writes one.`,
    );
  }
  if (id !== undefined && id !== found.stream) {
    throw new CliError(`${file} is the record of ${found.stream}, not of ${id}.`);
  }
  if (found.intact && found.worded === null) {
    tellProblem(
      'Another version of Handrail worded this timeline: the record in it was checked, not the words around it.',
    );
  }
  return found;
}

function read(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch {
    throw new CliError(`${file} can't be read. Check the path and its rights.`);
  }
}
