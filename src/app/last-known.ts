import { formatDuration } from '#domain/duration.ts';
import type { PersonRef } from '#ports/chat-messages.ts';
import type { Person } from '#ports/directory.ts';

import { type Kept, type KeptMembers, keptMembersCountForMs } from './kept-members.ts';

/**
 * What a terminal goes by while chat is silent: a person whom a token has vouched for, and the members
 * of user groups that were kept not too long ago. Why rights could not be established is remembered,
 * to be said with a refusal.
 */
export function createLastKnown(kept: Pick<KeptMembers, 'recall'>) {
  let vouched: PersonRef | null = null;
  const doubts = new Set<string>();
  return {
    vouchFor(person: PersonRef): void {
      vouched = person;
    },
    doubts: (): readonly string[] => [...doubts],
    person: (id: string): Person | null =>
      vouched?.id === id ? { ...vouched, active: true } : null,
    async members(usergroup: string): Promise<readonly string[]> {
      const found = await kept.recall(usergroup);
      if (found !== null && !found.old && !found.changed) return found.members;
      doubts.add(doubtOf(usergroup, found));
      return [];
    },
  };
}

function doubtOf(usergroup: string, found: Kept | null): string {
  const when = `from ${found?.at.slice(0, 16)}Z`;
  const since = found?.old
    ? `older than ${formatDuration(keptMembersCountForMs)}`
    : 'and it has changed since';
  const kept =
    found === null
      ? 'and its members were never kept'
      : `and what was kept of it is ${when}, ${since}`;
  return `Who is in the Slack user group ${usergroup} can't be known now: Slack does not answer, ${kept}. Groups with users: in the settings need no Slack.`;
}
