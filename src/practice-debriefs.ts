import { setTimeout } from 'node:timers/promises';

import { z } from 'zod';

import { ana, ben, cleo } from '#practice/people.ts';
import { refusalsTold } from '#practice/responders/told.ts';

import { debriefLines, debriefMarkup } from './practice-debrief-text.ts';
import type { Practice } from './practice-mode.ts';
import { brokenAt, debriefFor, openPracticeRecord } from './practice-record.ts';

const everyMs = 1_000;
/** Of posting it: the bot may have just used up what its channel takes. */
const attempts = 5;

const Answer = z.object({ ok: z.boolean(), error: z.string().optional() });

type Place = Pick<Practice, 'databaseUrl' | 'pageUrl' | 'shop' | 'workspace'>;

/**
 * Debriefs each incident once it is resolved, and again if it is reopened and resolved anew: in its
 * channel, and for whoever sits at the terminal. Ends with the signal.
 */
export async function debriefEach(
  practice: Place,
  { tell, signal }: { tell: (lines: readonly string[]) => void; signal: AbortSignal },
): Promise<void> {
  await using read = await openPracticeRecord(practice);
  const debriefed = new Set<string>();
  while (!signal.aborted) {
    for (const practised of await read.incidents()) {
      const { incident, title } = practised.record;
      const { resolvedAt = null, channel = null } = incident ?? {};
      const key = `${practised.record.id}/${resolvedAt}`;
      if (resolvedAt === null || debriefed.has(key)) continue;
      debriefed.add(key);
      // Somebody has only tried how to declare one.
      const broken = await brokenAt(practice);
      if (broken === null || broken > resolvedAt) continue;

      const told = await refusalsTold(practice.pageUrl, [ana, ben, cleo]);
      const debrief = await debriefFor(practice, practised, told);
      tell([`Debrief of «${title}»`, '', ...debriefLines(debrief)]);
      if (channel !== null) await post(practice, channel.id, debriefMarkup(debrief));
    }
    await setTimeout(everyMs, undefined, { signal }).catch(() => {});
  }
}

/** As the bot, in the practice Slack. */
async function post({ workspace }: Place, channel: string, text: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(new URL('chat.postMessage', workspace.apiUrl), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${workspace.botToken}`,
        'content-type': 'application/json; charset=utf-8',
      },
      body: JSON.stringify({ channel, text }),
      signal: AbortSignal.timeout(5_000),
    });
    const { ok, error } = Answer.parse(await response.json());
    if (ok) return;
    if (error !== 'ratelimited' || attempt === attempts) {
      throw new Error(`the practice Slack refused the debrief: ${error}`);
    }
    await setTimeout(Number(response.headers.get('retry-after') ?? 1) * 1_000);
  }
}
