import { exitCodes } from '#cli/exit-codes.ts';
import { print, printJson } from '#cli/output.ts';
import { openRecord } from '#cli/record.ts';

export async function verify(
  id: string,
  options: { head?: string; format: 'text' | 'json'; practice: boolean },
): Promise<number> {
  await using record = await openRecord({ practice: options.practice });
  const found = await record.verify(id, options.head ?? null);
  const { entries, head, intact, brokenAt } = found;
  if (options.format === 'json') {
    printJson({ schemaVersion: 1, incident: id, entries, head, intact, brokenAt });
  } else if (intact) {
    print(`${id}: intact, ${entries} entries, head ${head}`);
  } else {
    const cut = brokenAt !== null && brokenAt > entries;
    print(
      cut
        ? `${id}: NOT intact: the head ${options.head} is not in the record, which has ${entries} entries`
        : `${id}: NOT intact: entry ${brokenAt} of ${entries} is not what was recorded`,
    );
  }
  return intact ? exitCodes.ok : exitCodes.no;
}
