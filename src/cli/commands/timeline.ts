import { type Pictures, timelinePage } from '#adapters/web/timeline-page.ts';
import { exitCodes } from '#cli/exit-codes.ts';
import { print, printJson } from '#cli/output.ts';
import { openRecord } from '#cli/record.ts';
import { objectOf, textOf } from '#domain/json.ts';
import { copiesIn } from '#domain/timeline/copies-in.ts';
import { type IncidentRecord, readRecord } from '#domain/timeline/incident-record.ts';
import { timelineExport } from '#domain/timeline/timeline-export.ts';
import { timelineMarkdown } from '#domain/timeline/timeline-markdown.ts';
import type { EventStore } from '#ports/event-store.ts';
import { version } from '#src/version.ts';

export async function timeline(
  id: string,
  { format, practice }: { format: 'md' | 'json' | 'html'; practice: boolean },
): Promise<number> {
  await using record = await openRecord({ practice });
  if (format === 'json') {
    printJson(timelineExport(id, await record.entries(id), version));
    return exitCodes.ok;
  }
  const read = readRecord(id, await record.events(id));
  if (format === 'html') print(await timelinePage(read, await pictures(record.store, read)));
  else print(timelineMarkdown(read));
  return exitCodes.ok;
}

/** What a browser draws of them; anything else stays a link. */
const drawable = /^image\/(png|jpeg|gif|webp)$/;

async function pictures(
  store: Pick<EventStore, 'mark'>,
  { entries }: IncidentRecord,
): Promise<Pictures> {
  const found: Record<string, string> = {};
  for (const { copy } of entries.flatMap(({ evidence }) => copiesIn(evidence))) {
    const { type, data } = objectOf(await store.mark('picture', copy));
    if (drawable.test(textOf(type))) found[copy] = `data:${textOf(type)};base64,${textOf(data)}`;
  }
  return found;
}
