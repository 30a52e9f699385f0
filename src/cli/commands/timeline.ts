import { timelinePage } from '#adapters/web/timeline-page.ts';
import { exitCodes } from '#cli/exit-codes.ts';
import { print, printJson } from '#cli/output.ts';
import { openRecord } from '#cli/record.ts';
import { readRecord } from '#domain/timeline/incident-record.ts';
import { timelineJson } from '#domain/timeline/timeline-json.ts';
import { timelineMarkdown } from '#domain/timeline/timeline-markdown.ts';

export async function timeline(
  id: string,
  { format, practice }: { format: 'md' | 'json' | 'html'; practice: boolean },
): Promise<number> {
  await using record = await openRecord({ practice });
  const read = readRecord(id, await record.events(id));
  if (format === 'json') printJson(timelineJson(read));
  else if (format === 'html') print(await timelinePage(read));
  else print(timelineMarkdown(read));
  return exitCodes.ok;
}
