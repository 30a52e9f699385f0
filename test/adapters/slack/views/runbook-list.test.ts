import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { drawMessage } from '#adapters/slack/views/message.ts';
import { runbookListMessage } from '#adapters/slack/views/runbook-list.ts';
import type { RunbookLine } from '#ports/chat-messages.ts';

import { isTakenBySlack } from './block-rules.ts';
import { monstrousList } from './monstrous-home.ts';

const line: RunbookLine = {
  id: 'checkout-smoke',
  title: 'Buy something',
  service: 'checkout',
  owner: 'payments',
  revision: '1234567 · abcdef0',
  findings: { errors: 0, warnings: 0 },
  review: { reviewed: '2026-11-22', due: '2027-02-20', overdue: false },
  proof: { at: '2026-11-24T03:00:00.000Z', how: 'dryRun', older: null },
  attention: [],
};
const request = { act: 'listRunbooks', origin: { channel: 'C1', message: null } } as const;

function drawn(runbooks: readonly RunbookLine[], page = 0) {
  return runbookListMessage({ runbooks, files: [] }, { ...request, page });
}

function sections(message: { blocks: readonly { type: string }[] }): string[] {
  return message.blocks.flatMap((block) =>
    block.type === 'section' && 'text' in block ? [JSON.stringify(block.text)] : [],
  );
}

describe('the list of runbooks', () => {
  it('says which text it is, when and how it was proved, and when its review is due', () => {
    const [head, only] = sections(drawn([line]));
    expect(head).toContain('1 runbook, all proved');
    expect(only).toContain('`checkout-smoke` @ 1234567 · abcdef0');
    expect(only).toMatch(/✅ Proved <!date\^\d+\^.*2026-11-24 03:00 UTC> by a dry run/);
    expect(only).toContain('review due 2027-02-20');
  });

  it('does not pass the proof of an older text off as one of this text', () => {
    const proof = { at: '2026-11-01T03:00:00.000Z', how: 'drill', older: '7654321' } as const;
    const [, only] = sections(drawn([{ ...line, proof }]));
    expect(only).toContain('An older text was proved');
    expect(only).toContain('by a drill (7654321)');
    expect(only).not.toContain('✅');
    const [head, never] = sections(drawn([{ ...line, proof: null }, line]));
    expect(never).toContain('Never proved');
    expect(head).toContain('2 runbooks, 1 proved');
  });

  it('shows what needs attention, and counts it', () => {
    const needy = { ...line, attention: ['Its review has been due since 2026-10-30.'] };
    const review = { reviewed: '2026-08-01', due: '2026-10-30', overdue: true };
    const findings = { errors: 1, warnings: 2 };
    const [head, , second] = sections(drawn([line, { ...needy, review, findings }]));
    expect(head).toContain('2 runbooks, 1 needs attention, all proved');
    expect(second).toContain('⚠️ Its review has been due');
    expect(second).toContain('by a dry run · 1 error, 2 warnings');
  });

  it('starts one where it was asked for', () => {
    const [, about] = drawn([line]).blocks;
    expect(about).toMatchObject({
      type: 'section',
      accessory: {
        value: JSON.stringify({ act: 'start', origin: request.origin, runbook: line.id }),
      },
    });
  });

  it('has pages, with every runbook on one of them', () => {
    const runbooks = Array.from({ length: 20 }, (_none, at) => ({ ...line, id: `book-${at}` }));
    const pages = [0, 1, 2].map((page) => drawn(runbooks, page));
    const shown = pages.flatMap((page) =>
      sections(page).flatMap((text) => /book-\d+/.exec(text)?.[0] ?? []),
    );
    expect(shown).toEqual(runbooks.map(({ id }) => id));
    const labels = pages.map((page) => [...JSON.stringify(page).matchAll(/← Back|More →/g)].flat());
    expect(labels).toEqual([['More →'], ['← Back', 'More →'], ['← Back']]);
    expect(JSON.stringify(pages[0])).toContain(String.raw`\"page\":1`);
    // The list may have grown shorter since the button was drawn.
    expect(sections(drawn([line], 2))[1]).toContain('checkout-smoke');
  });

  it('keeps within what Slack takes, whatever the runbooks say', () => {
    fc.assert(
      fc.property(monstrousList, fc.nat(9), (list, page) => {
        expect(runbookListMessage(list, { ...request, page })).toSatisfy(isTakenBySlack);
        expect(drawMessage({ kind: 'digest', owner: 'payments', list })).toSatisfy(isTakenBySlack);
      }),
      { numRuns: 100 },
    );
  });

  it('says that there are none', () => {
    expect(drawn([]).text).toBe('There are no runbooks.');
  });
});
