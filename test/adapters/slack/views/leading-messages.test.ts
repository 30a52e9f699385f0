import { describe, expect, it } from 'vitest';

import { drawMessage } from '#adapters/slack/views/message.ts';
import type { ReminderMessage } from '#ports/chat-messages.ts';

const ben = { id: 'U0BEN', name: 'ben' };
const at = '2026-11-24T14:03:00.000Z';

describe('the reminder of an update', () => {
  const reminder: ReminderMessage = {
    kind: 'reminder',
    drill: false,
    last: null,
    draft: 'Error rate 42 % → 0.4 %\nafter rollback',
    mention: ['U0ANA', 'everyone'],
    buttons: [{ control: 's', label: 'Send', style: 'primary', confirm: null }],
    outcome: null,
  };

  it('calls who sees to it, quotes the draft, and asks', () => {
    const drawn = drawMessage(reminder);
    expect(drawn.text).toBe('An update is due. <@U0ANA>');
    expect(textOf(drawn)).toContain('> Error rate 42 % → 0.4 %\n> after rollback');
    expect(buttonsOf(drawn)).toEqual(['s']);
  });

  it('becomes a small stamp that calls nobody', () => {
    const outcome = { what: 'Put off to 10:30 UTC', by: ben, at, reason: null };
    const drawn = drawMessage({ ...reminder, outcome });
    expect(textOf(drawn)).toMatch(/An update was due\. Put off to 10:30 UTC by @ben/);
    expect(buttonsOf(drawn)).toEqual([]);
    expect(textOf(drawn)).not.toContain('<@');
  });
});

describe('what whoever gets a role is told', () => {
  it('is what is expected of them, how things stand and what is open', () => {
    const drawn = drawMessage({
      kind: 'role',
      role: 'commander',
      incident: 'inc-1',
      title: 'Checkout is down',
      drill: true,
      channel: 'C1',
      from: ben,
      note: 'All yours',
      instructions: 'Lead.',
      brief: [{ label: 'Since', text: '09:10 UTC' }],
      open: ['Roll back checkout waits for approval'],
    });
    expect(drawn.text).toBe('🎓 Drill · You are commander: Checkout is down');
    for (const words of ['<#C1>', '_Lead._', '@ben says: All yours', '*Since:* 09:10 UTC']) {
      expect(textOf(drawn)).toContain(words);
    }
    expect(textOf(drawn)).toContain('• Roll back checkout waits for approval');
  });
});

function textOf(message: { blocks: readonly unknown[] }): string {
  const strings: string[] = [];
  JSON.stringify(message.blocks, (key, value: unknown) => {
    if (key === 'text' && typeof value === 'string') strings.push(value);
    return value;
  });
  return strings.join('\n');
}

function buttonsOf(message: { blocks: readonly unknown[] }): string[] {
  return [...JSON.stringify(message.blocks).matchAll(/"value":"([^"]*)"/g)].map(
    ([, value]) => value ?? '',
  );
}
