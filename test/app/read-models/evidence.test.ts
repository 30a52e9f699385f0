import { expect, it } from 'vitest';

import { evidence } from '#app/read-models/evidence.ts';
import type { RehearsalCase } from '#domain/rehearsal/rehearsal-case.ts';
import { rehearse } from '#domain/rehearsal/rehearse.ts';
import { runbookOf, settings } from '#test/support/runbooks.ts';

const runbook =
  runbookOf(`  - {id: list, title: Find the deploy, uses: deploys.list, fail: has(result.suspect)}
  - {id: back, title: Roll back, uses: deploys.rollback, next: {failed: stop, rejected: stop}}
  - {id: stop, title: Stop, uses: manual, with: {instructions: x}}`);
const list = { suspect: { build: '1842', before: '6m' }, rollbackTarget: { build: '1841' } };
const done = { list, back: { status: 'succeeded' } };

it.each<[string, NonNullable<RehearsalCase['people']>]>([
  ['done', [{ step: 'back', user: 'ben', approve: true }]],
  ['rejected', [{ step: 'back', user: 'ben', reject: true }]],
])('a write that was %s stands in the thread with the head of the record', (_how, people) => {
  const played = rehearse({ runbook, settings }, { mocks: done, people });
  const ended = played.events.findIndex(
    (event) => event.type === 'StepFinished' && event.step === 'back',
  );

  const shown = evidence(drawingOf(played)).map(({ message }) => message);

  expect(ended).toBeGreaterThan(0);
  expect(shown.find(({ title }) => title === 'Roll back')).toMatchObject({
    summary: expect.stringMatching(/\w/),
    record: { position: ended + 1, hash: `hash ${ended + 1}` },
  });
});

function drawingOf({ stream, events }: ReturnType<typeof rehearse>) {
  return {
    stream,
    events: events.map((event, index) => ({
      stream: stream.id,
      position: index + 1,
      hash: `hash ${index + 1}`,
      recordedAt: event.at,
      event,
    })),
    settings,
    now: '',
    runbooks: () => [],
    newer: () => null,
    asked: () => [],
    picture: () => null,
    members: () => [],
    button: () => ({ control: '', label: '', style: null, confirm: null }),
  };
}
