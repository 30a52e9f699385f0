import { describe, expect, it } from 'vitest';

import { createUseCases } from '#app/create-use-cases.ts';
import type { RunMessage } from '#ports/chat-messages.ts';
import { playApp } from '#test/support/played/played-app.ts';
import { documentOf, runbookOf } from '#test/support/runbooks.ts';

const ana = { id: 'U0ANA', name: 'ana' };
const rate = "uses: check.metric, with: {query: up}, fail: '> 5%', pass: '< 3%'";
const runbook = runbookOf(`  - {id: symptom, title: Is it failing, ${rate}, next: {fail: noise}}
  - {id: noise, title: Something else, ${rate}, next: {fail: decide}}
  - id: decide
    title: Decide
    uses: choose
    with:
      question: What do we do?
      show: [symptom]
      options:
        wait: {label: Wait, recommend: steps.symptom.verdict == "fail", next: recovery}
        look: {label: Look, next: recovery}
  - {id: recovery, title: Healthy again, repeat: symptom, watch: {every: 10s, hold: 2m, giveUpAfter: 10m}, next: {pass: end, fail: end}}`);

describe('the message of a run', () => {
  it('shows beside a choice the evidence that the choice names, and what it speaks for', async () => {
    const { message } = await asked();

    expect(message().evidence.map(({ id }) => id)).toEqual(['symptom']);
    expect(message().question).toMatchObject({
      tooOld: false,
      options: [
        { label: 'Wait', recommended: true },
        { label: 'Look', recommended: false },
      ],
    });
  });

  it('grows old on its own while nobody answers, and then recommends nothing', async () => {
    const { played, message } = await asked();

    await played.until('2026-11-24T03:04:59.000Z');
    expect(message().evidence).toMatchObject([{ stale: false }]);
    await played.until('2026-11-24T03:05:30.000Z');

    expect(message().evidence).toMatchObject([{ stale: true }]);
    expect(message().question).toMatchObject({
      tooOld: true,
      options: [{ recommended: false }, { recommended: false }],
    });
  });

  it('counts how long a watch has held, from the first healthy sample', async () => {
    const { played, message, measures, press } = await asked();
    await press('Wait');
    await played.until('2026-11-24T03:00:20.000Z');
    expect(line(message(), 'recovery')).toMatchObject({ holds: { seconds: 0, of: 120 } });

    measures(0.004);
    await played.until('2026-11-24T03:01:20.000Z');

    expect(line(message(), 'recovery')).toMatchObject({
      mark: 'running',
      text: 'The query is 0.4 %',
      holds: { seconds: 50, of: 120 },
    });
    await played.until('2026-11-24T03:04:00.000Z');
    expect(line(message(), 'recovery')).toMatchObject({ mark: 'ok', holds: null });
  });
});

/** A run whose checks found a problem at 03:00, and that asks what to do. */
async function asked() {
  let value = 0.42;
  const played = playApp({
    documents: [documentOf(runbook)],
    measure: () => ({ kind: 'measured', result: { value }, summary: `error_rate is ${value}` }),
  });
  await played.until('2026-11-24T03:00:00.000Z');
  const useCases = createUseCases(played.app);
  const origin = { channel: 'C1', message: null };
  await useCases.startRunbook({ by: ana, origin, runbook: 'rehearsed', values: {} });
  await played.until('2026-11-24T03:00:05.000Z');

  const message = (): RunMessage => {
    const run = played.posted.map((one) => one.message).findLast(({ kind }) => kind === 'run');
    if (run?.kind !== 'run') throw new Error('there is no run message');
    return run;
  };
  return {
    played,
    message,
    measures: (next: number) => {
      value = next;
    },
    press: async (label: string) => {
      const button = message().question?.buttons.find((one) => one.label === label);
      const control = button?.control ?? '';
      const reply = await useCases.press({ control, by: ana, origin });
      expect(reply).toMatchObject({ kind: 'done' });
    },
  };
}

function line({ steps }: RunMessage, id: string) {
  return steps.find((step) => step.id === id);
}
