import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { JsonObject } from '#domain/json.ts';
import { hasCopyOf, putCopiesBack, sealCopies, typedTexts } from '#domain/stream/copied-texts.ts';
import { mapFreeText } from '#domain/stream/free-text.ts';
import { ana, clock, machine } from '#test/domain/timeline/events.ts';

const typed = ['Jane Doe'];
const entered: JsonObject = {
  type: 'StepEntered',
  actor: { ...machine },
  step: 'Jane Doe',
  draft: { question: 'Call Jane Doe', fields: [{ label: 'Jane Doe/mobile' }, { label: 'When' }] },
};

describe('what a runbook made of something typed', () => {
  it('stands under texts, by its place, and never an id', () => {
    const sealed = sealCopies(entered, typed);

    expect(sealed).toEqual({
      ...entered,
      draft: { question: '', fields: [{ label: '' }, { label: 'When' }] },
      texts: { '/draft/question': 'Call Jane Doe', '/draft/fields/0/label': 'Jane Doe/mobile' },
    });
    expect(putCopiesBack(sealed)).toEqual(entered);
    expect(hasCopyOf(sealed, ['Doe'])).toBe(true);
    expect(hasCopyOf(entered, ['Doe'])).toBe(false);
  });

  it('reads as redacted where it was erased, and leaves the other texts of the entry', () => {
    const sealed = sealCopies(
      { type: 'StepFinished', finding: 'Jane Doe', outputs: { a: 'b' }, texts: { reason: 'told' } },
      typed,
    );
    const erased = { ...sealed, texts: { reason: 'told', '/finding': null } };

    expect(putCopiesBack(erased)).toEqual({
      type: 'StepFinished',
      finding: '(redacted)',
      outputs: { a: 'b' },
      texts: { reason: 'told' },
    });
  });

  it('comes back as it was, whatever the event holds', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.jsonValue(),
        fc.array(fc.string({ minLength: 1 })),
        (one, other, words) => {
          const event = JSON.parse(
            JSON.stringify({ type: 'Measured', with: one, measurement: { result: other } }),
          );
          expect(putCopiesBack(sealCopies(event, words))).toEqual(event);
        },
      ),
    );
  });

  it('is told from other text by what people wrote, not by what machines say', () => {
    const at = clock('09:11:00');
    const update = { type: 'UpdatePosted', at, texts: { text: 'All is well' } } as const;
    const short = { type: 'UpdatePosted', at, texts: { text: 'ok' } } as const;

    expect(
      typedTexts([
        { ...update, actor: ana },
        { ...short, actor: ana },
        { ...update, actor: machine },
      ]),
    ).toEqual(['All is well']);
  });

  it('has the follow-ups of a person among it', () => {
    const event: JsonObject = {
      type: 'IncidentResolved',
      actor: { ...ana },
      followUps: ['Ask Jo'],
    };

    expect(sealCopies(event, [])).toMatchObject({ texts: { '/followUps/0': 'Ask Jo' } });
    expect(sealCopies({ ...event, actor: { ...machine } }, [])).toMatchObject({
      followUps: ['Ask Jo'],
    });
  });
});

const upper = (text: string): string => text.toUpperCase();

describe('free text', () => {
  it('is changed wherever it may stand, and nothing else is', () => {
    const measured: JsonObject = {
      type: 'Measured',
      path: 'a',
      summary: 'a',
      measurement: { kind: 'a', result: { a: ['a', 1, null, { b: 'a' }] } },
    };

    expect(mapFreeText(measured, upper)).toEqual({
      type: 'Measured',
      path: 'a',
      summary: 'A',
      measurement: { kind: 'a', result: { a: ['A', 1, null, { b: 'A' }] } },
    });
    const named = { ...measured, measurement: { result: { a: { b: 1 } } } };
    expect(mapFreeText(named, upper, upper)).toMatchObject({
      measurement: { result: { A: { B: 1 } } },
    });
    expect(mapFreeText({ type: 'Unknown', text: 'a' }, () => 'b')).toEqual({
      type: 'Unknown',
      text: 'a',
    });
  });
});
