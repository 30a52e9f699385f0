import { describe, expect, it, test } from 'vitest';

import { Act } from '#app/acts.ts';
import type { Origin } from '#app/use-cases.ts';
import { policies } from '#domain/authorisation/policies.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import { reviewedTable, textTable } from '#test/support/decision-table.ts';

import { asks, card, channel, openScene, people, strict } from './scene.ts';

/** Where people act from. A form carries where it was opened. */
const entrances: Readonly<Record<string, Origin>> = {
  'a command': { channel, message: null },
  'the App Home or a terminal': { channel: null, message: null },
  'a button or its form': { channel, message: card },
  'a shortcut or a reaction': { channel, message: '9.9' },
};

describe.each(['strict', 'open'] as const)('with %s settings', (name) => {
  const given: Partial<Settings> = name === 'strict' ? strict : {};

  test('everyone may do what was reviewed, and nothing else', async () => {
    const file = new URL(`matrix-${name}.txt`, import.meta.url);
    expect(await matrix(given, { channel, message: null })).toBe(reviewedTable(file));
  });

  test.each(Object.entries(entrances))('%s is no way around it', async (_entrance, origin) => {
    const file = new URL(`matrix-${name}.txt`, import.meta.url);
    const rows = (text: string) =>
      text
        .split('\n')
        .filter((row) => !isDifferent(row, origin))
        .map((row) => row.replaceAll(/ {2,}/g, ' | '));
    expect(rows(await matrix(given, origin))).toEqual(rows(reviewedTable(file)));
  });
});

describe('the table of policies', () => {
  it('is behind every use case', async () => {
    const { useCases } = await openScene({});
    const named = Object.values(useCases).map(({ policy }) => policy);
    expect(named.filter((policy) => 'action' in policy && !(policy.action in policies))).toEqual(
      [],
    );
    expect(named.filter((policy) => 'openBecause' in policy && policy.openBecause === '')).toEqual(
      [],
    );
  });

  it('is asked for by each use case and each act that this matrix tries', async () => {
    const { useCases } = await openScene({});
    const guarded = Object.entries(useCases)
      .filter(([, { policy }]) => 'action' in policy)
      .map(([name]) => name);
    const acts = Act.options.map((option) => `press ${option.shape.type.value}`);
    expect(Object.keys(asks).toSorted()).toEqual([...guarded, ...acts, 'revokeToken'].toSorted());
  });
});

/** What becomes of each request of each person: `may`, or the code of the refusal. */
async function matrix(given: Partial<Settings>, origin: Origin): Promise<string> {
  const rows = await Promise.all(
    Object.entries(asks).map(async ([name, ask]) => {
      const cells = await Promise.all(
        Object.keys(people).map(async (who) => {
          const reply = await ask(await openScene(given), { id: who, name: who }, origin);
          const code = 'code' in reply && reply.code !== undefined ? reply.code : '';
          return rights.has(code) ? code.replace(/^\w+\./, '') : 'may';
        }),
      );
      return [name, ...cells];
    }),
  );
  return textTable([['', ...Object.keys(people)], ...rows]);
}

/** What refuses for want of a right; any other refusal comes after it, from the state that things are in. */
const rights = new Set([
  'person.not-active',
  'person.unknown',
  'person.not-permitted',
  'entry.not-yours',
  'run.own-request',
  'run.not-in-group',
  'run.too-early',
  'incident.private',
  'control.copied',
]);

const needPlace =
  /^(note|noteMessage|setSeverity|giveRole|giveBackRole|sendUpdate|invitePeople|setMitigated|correctTimes|resolveIncident|reopenIncident|mergeIncident|incidentStatus|timeline|filterTimeline|startRunbook|runStatus|stopRun) /;

/** A press in a message that is none of ours is refused to all, and what needs a channel to those without. */
function isDifferent(row: string, { channel: place, message }: Origin): boolean {
  if (place === null) return needPlace.test(row);
  return row.startsWith('press ') && message !== null && message !== card;
}
