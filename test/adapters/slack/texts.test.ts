import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { channelName } from '#adapters/slack/channel-name.ts';
import { codeBlock, link, mention, mrkdwn, mrkdwnLine, plainText } from '#adapters/slack/mrkdwn.ts';
import { readNote } from '#adapters/slack/note-text.ts';
import { mentionedPeople, plainFromSlack } from '#adapters/slack/plain-from-slack.ts';
import { span, timeOfDay } from '#adapters/slack/slack-time.ts';

const HOSTILE = fc.string({
  unit: fc.oneof(fc.constantFrom('<', '>', '&', '`', '\u202e', '\u061c', '\n', '|'), fc.string()),
});

describe('text into Slack', () => {
  it('has no control left in it, and is never longer than its place, cut or not', () => {
    fc.assert(
      fc.property(HOSTILE, fc.integer({ min: 10, max: 60 }), (text, max) => {
        for (const encoded of [mrkdwn(text, max), mrkdwnLine(text, max), codeBlock(text, max)]) {
          expect(encoded.length).toBeLessThanOrEqual(max);
          expect(encoded).not.toMatch(/[<>\u202e\u061c]|&(?!amp;|lt;|gt;)/);
          expect(encoded.isWellFormed()).toBe(true);
        }
        expect(plainText(text, max).length).toBeLessThanOrEqual(max);
      }),
    );
  });

  it('keeps what fits, to the last character', () => {
    expect(mrkdwn('12345', 5)).toBe('12345');
    expect(mrkdwn('123456', 5)).toBe('1234…');
    expect(mrkdwn('a<b', 6)).toBe('a&lt;b');
    expect(mrkdwn('a<bc', 6)).toBe('a&lt;…');
    expect(mrkdwn('🚀🚀🚀', 4)).toBe('🚀…');
  });

  it('cannot be closed from inside a fence', () => {
    expect(codeBlock('```\n<!channel>', 100).slice(4, -4)).not.toMatch(/`|<!/);
  });

  it('makes links of web addresses only', () => {
    expect(link('Page', 'https://x.example/a?b=1&c=2')).toBe(
      '<https://x.example/a?b=1&amp;c=2|Page>',
    );
    expect(link('Page', 'javascript:alert(1)')).toBe('Page');
    expect(link('a|b>', 'https://x.example/|<!channel>')).not.toContain('<!');
  });

  it('mentions people and user groups, and nothing else', () => {
    expect(mention('U0BEN')).toBe('<@U0BEN>');
    expect(mention('S0PAY')).toBe('<!subteam^S0PAY>');
    expect(mention('channel')).toBeNull();
    expect(mention('U0BEN> <!channel')).toBeNull();
  });

  it('shows times in the zone of the reader, with UTC to fall back on', () => {
    expect(timeOfDay('2025-11-24T16:00:30.000Z')).toBe('<!date^1764000030^{time}|16:00 UTC>');
    expect(timeOfDay('nonsense')).toBe('?');
    expect(span('2025-11-24T09:10:00Z', '2025-11-24T09:23:00Z')).toBe('13 min');
    expect(span('2025-11-24T09:10:00Z', '2025-11-24T11:15:00Z')).toBe('2 h 5 min');
  });
});

describe('text from Slack', () => {
  it('reads as the person saw it', () => {
    expect(
      plainFromSlack('<@U1|ben> &amp; <#C1|checkout> &lt;b&gt; <https://x.example|x> <!here>'),
    ).toBe('@ben & #checkout <b> x (https://x.example) @here');
    expect(plainFromSlack('&amp;lt;')).toBe('&lt;');
  });

  it('knows who was mentioned', () => {
    expect(mentionedPeople('invite <@U0BEN|ben> and <@W0CLEO>')).toEqual([
      { id: 'U0BEN', name: 'ben' },
      { id: 'W0CLEO', name: null },
    ]);
    expect(mentionedPeople('@ben')).toEqual([]);
  });
});

describe('the time of a note', () => {
  const now = new Date('2026-11-24T09:30:00.000Z');

  it.each([
    ['at 09:16 errors began', 0, 'errors began', '2026-11-24T09:16:00.000Z'],
    ['at 10:16 errors began', 3600, 'errors began', '2026-11-24T09:16:00.000Z'],
    ['at 09:16 UTC errors began', 3600, 'errors began', '2026-11-24T09:16:00.000Z'],
    ['at 23:50: paged', 0, 'paged', '2026-11-23T23:50:00.000Z'],
    ['at 00:10 paged', 3600, 'paged', '2026-11-23T23:10:00.000Z'],
    ['at 99.95 % we page', 0, 'at 99.95 % we page', null],
    ['attempted a rollback', 0, 'attempted a rollback', null],
  ])('of "%s" at offset %i', (text, offset, expectedText, at) => {
    expect(readNote(text, offset, now)).toEqual({ text: expectedText, at });
  });
});

describe('the name of a channel', () => {
  it('is one that Slack takes, whatever was wished for', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 120 }),
        fc.integer({ min: 1, max: 20 }),
        (wanted, number) => {
          const name = channelName(wanted, number);
          expect(name).toMatch(/^[a-z0-9][a-z0-9_-]{0,79}$/);
          expect(name.endsWith(number === 1 ? '' : `-${number}`)).toBe(true);
        },
      ),
    );
  });

  it('stays readable', () => {
    expect(channelName('inc-2026-11-24 Checkout: Größe > 5%', 1)).toBe(
      'inc-2026-11-24-checkout-gro-e-5',
    );
  });
});
