import { assert, property, sample } from 'fast-check';
import { expect, test } from 'vitest';

import { dueEffects, isKnownEffect } from '#domain/stream/effects.ts';
import { readEvent, StoredEvent } from '#domain/stream/stored-event.ts';
import { fold, type StreamEvent } from '#domain/stream/stream.ts';

import { beats, tell, type Beat, type Story } from './story.ts';

/** What holds in every story, whatever people and the world do. */

const options = { numRuns: 150 };

function inEveryStory(holds: (story: Story) => void): void {
  assert(
    property(beats, (given: Beat[]) => holds(tell(given))),
    options,
  );
}

test('nothing that people or the world do throws, and every effect has an id of its own', () => {
  assert(
    property(beats, (given) => {
      tell(given, (stream) => {
        const ids = dueEffects(stream).map((effect) => effect.id);
        expect(new Set(ids).size).toBe(ids.length);
      });
    }),
    options,
  );
});

test('the record alone gives the same state and the same effects', () => {
  inEveryStory(({ stream, events }) => {
    const stored = events.flatMap((event) => readEvent(JSON.parse(JSON.stringify(event))) ?? []);
    const again = fold(stream.id, stored);
    expect(again).toEqual(stream);
    expect(dueEffects(again)).toEqual(dueEffects(stream));
  });
});

test('every effect is of a kind that is known by its id', () => {
  inEveryStory(({ stream }) => {
    expect(dueEffects(stream).filter(({ id }) => !isKnownEffect(id))).toEqual([]);
  });
});

test('every event is just as its schema says, with nothing beside it', () => {
  inEveryStory(({ events }) => {
    for (const event of events) expect(StoredEvent.parse(event)).toEqual(event);
  });
});

test('fields that this version does not know are dropped when they are read', () => {
  inEveryStory(({ events }) => {
    for (const event of events) {
      const newer = { ...event, later: 1, actor: { ...event.actor, later: 1 } };
      expect(readEvent(JSON.parse(JSON.stringify(newer)))).toEqual(event);
    }
  });
});

test('no write begins without the approvals that it was asked for, of the plan that it carries out', () => {
  inEveryStory(({ events }) => {
    for (const [index, event] of events.entries()) {
      if (event.type !== 'WriteStarted' || event.attempt > 1) continue;
      const before = events.slice(0, index).filter((one) => isAt(one, event));
      const from = before.findLastIndex((one) => one.type === 'ApprovalRequested');
      const request = before[from];
      if (request?.type !== 'ApprovalRequested') throw new Error('nobody was asked');
      const since = before.slice(from);
      expect(since.some((one) => one.type === 'PlanDropped' || one.type === 'Rejected')).toBe(
        false,
      );
      const broken = since.some((one) => one.type === 'GlassBroken' && one.hash === request.hash);
      const people = since.flatMap((one) =>
        one.type === 'Approved' && one.hash === request.hash ? [one.actor.id] : [],
      );
      expect(people).not.toContain(request.requester.id);
      expect(people).not.toContain('cat');
      expect(broken || new Set(people).size >= request.required).toBe(true);
      expect(request.required).toBeGreaterThan(0);
    }
  });
});

test('no attempt of a write begins twice, and none begins after its outcome', () => {
  inEveryStory(({ events }) => {
    for (const [index, event] of events.entries()) {
      if (event.type !== 'WriteStarted') continue;
      const before = events.slice(0, index).filter((one) => isAt(one, event));
      const round = before.slice(before.findLastIndex((one) => one.type === 'PlanDropped') + 1);
      const attempts = round.flatMap((one) => (one.type === 'WriteStarted' ? [one.attempt] : []));
      expect(event.attempt).toBe((attempts.at(-1) ?? 0) + 1);
      expect(before.some((one) => one.type === 'StepFinished')).toBe(false);
    }
  });
});

test('nothing ever passes without a value', () => {
  inEveryStory(({ events }) => {
    for (const event of events) {
      if (event.type !== 'Measured' || event.verdict !== 'pass') continue;
      expect(event.measurement).toMatchObject({ kind: 'measured', result: { value: 0 } });
    }
  });
});

test('a run ends once, and nothing happens in it afterwards', () => {
  inEveryStory(({ events }) => {
    const ended = new Set<string>();
    for (const event of events) {
      if (!('run' in event)) continue;
      expect(ended.has(event.run)).toBe(false);
      if (event.type === 'RunEnded') ended.add(event.run);
    }
  });
});

test('a run that goes on always waits for something: an effect, a timer or a person', () => {
  inEveryStory(({ stream }) => {
    for (const run of Object.values(stream.runs)) {
      if (run.end !== null || run.position.kind === 'ask') continue;
      const active = Object.values(run.steps).filter((visit) => visit.finished === null);
      expect(active.length).toBeGreaterThan(0);
      for (const { step, visit, wait } of active) {
        const called = Object.values(stream.runs).some(
          (one) => one.parent?.step === step && one.parent.run === run.id && one.end === null,
        );
        const due = dueEffects(stream).some(
          (one) => 'run' in one && one.run === run.id && one.step === step && one.visit === visit,
        );
        expect({ step, waits: wait !== null || called || due }).toMatchObject({ waits: true });
      }
    }
  });
});

test('the stories are worth telling: they write, fall back, expire, call and end', () => {
  const told = sample(beats, { numRuns: 400, seed: 7 }).flatMap((given) => tell(given).events);
  const types = new Set(told.map((event) => event.type));
  const wanted: StreamEvent['type'][] = [
    'WriteStarted',
    'GlassBroken',
    'PlanDropped',
    'Rejected',
    'RunEnded',
    'Escalated',
  ];
  expect(wanted.filter((type) => !types.has(type))).toEqual([]);
  expect(told.some((event) => event.type === 'RunStarted' && event.parent !== null)).toBe(true);
});

function isAt(event: StreamEvent, other: { run: string; step: string; visit: number }): boolean {
  return (
    'visit' in event &&
    event.run === other.run &&
    event.step === other.step &&
    event.visit === other.visit
  );
}
