import { exitCodes } from '#cli/exit-codes.ts';
import { oneLine } from '#cli/one-line.ts';
import { print, printJson, tell } from '#cli/output.ts';
import { openRecord } from '#cli/record.ts';
import { readRecord } from '#domain/timeline/incident-record.ts';

const most = 200;

export async function incidents({
  format,
  practice,
}: {
  format: 'text' | 'json';
  practice: boolean;
}): Promise<number> {
  await using record = await openRecord({ practice });
  const found = [];
  for (const id of await record.incidents(most)) {
    const { incident } = readRecord(id, await record.events(id));
    if (incident === null) continue;
    const { title, severity, status, drill, startedAt, resolvedAt } = incident;
    found.push({ id, title, severity, status, drill, startedAt, resolvedAt });
  }
  if (format === 'json') {
    printJson({ schemaVersion: 1, incidents: found });
    return exitCodes.ok;
  }
  for (const { id, title, severity, status, startedAt } of found) {
    print(`${id}  ${startedAt.slice(0, 16)}Z  ${severity}  ${status}  ${oneLine(title)}`);
  }
  if (found.length === 0) tell('There are no incidents on record.');
  return exitCodes.ok;
}
