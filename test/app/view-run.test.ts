import { describe, expect, it } from 'vitest';

import type { RunView } from '#app/use-cases.ts';
import { ana, ben, openApp } from '#test/support/app.ts';
import { runbookOf } from '#test/support/runbooks.ts';

const here = { channel: null, message: null };
const manual = `  - {id: m, title: Call them, uses: manual, with: {instructions: Call, confirm: Called}}
  - {id: n, title: Write it up, uses: manual, with: {instructions: Write}}`;

describe('a run that is looked at without chat', () => {
  it('asks what chat would ask, and its buttons can be pressed', async () => {
    await using given = await openApp({ runbooks: [runbookOf(manual)] });
    const run = await start(given);

    const view = await look(given, run);
    expect(view).toMatchObject({
      stream: run,
      incident: null,
      requester: null,
      message: { run, question: { kind: 'manual', title: 'Call them' } },
    });
    const [button] = view.message.question?.buttons ?? [];
    const control = button?.control ?? '';
    expect(view.controls[control]).toEqual({
      act: { type: 'MarkDone', run, step: 'm', visit: 1 },
      form: null,
    });

    expect(
      await given.useCases.press({ control, by: ben, origin: here, values: { note: 'Done' } }),
    ).toMatchObject({ kind: 'done' });
    expect((await look(given, run)).message.question).toMatchObject({ title: 'Write it up' });
    expect(
      await given.useCases.press({ control, by: ana, origin: here, values: {} }),
    ).toMatchObject({ kind: 'refused', message: expect.stringContaining('by ben at 10:00') });
  });

  it('has the form of each act that needs one', async () => {
    await using given = await openApp({ runbooks: [runbookOf(manual)] });
    const view = await look(given, await start(given));

    const forms = Object.values(view.controls).map(({ act, form }) => [
      act.type,
      form?.fields.map(({ id }) => id) ?? null,
    ]);

    expect(Object.fromEntries(forms)).toMatchObject({
      MarkDone: null,
      Skip: ['reason'],
      Stop: ['reason'],
      GoTo: ['step'],
    });
  });

  it('is found by its own id and by that of its incident, where the open one comes first', async () => {
    await using given = await openApp({ runbooks: [runbookOf(manual)] });
    const { useCases } = given;
    const declared = await useCases.declareIncident({
      by: ana,
      origin: here,
      values: { title: 'Checkout fails', severity: 'SEV1' },
    });
    const incident = declared.kind === 'done' ? (declared.incident ?? '') : '';
    const first = await start(given, incident);
    const stop = Object.entries((await look(given, first)).controls).find(
      ([, { act }]) => act.type === 'Stop',
    );
    await useCases.press({
      control: stop?.[0] ?? '',
      by: ana,
      origin: here,
      values: { reason: 'again from the start' },
    });
    const second = await start(given, incident);

    expect(await look(given, incident)).toMatchObject({
      stream: incident,
      incident: { id: incident, title: 'Checkout fails' },
      message: { run: second },
    });
    expect(await look(given, first)).toMatchObject({
      stream: incident,
      message: { run: first, status: 'stopped' },
    });
  });

  it('is said not to be there where it is not, and an incident without one says so', async () => {
    await using given = await openApp({ runbooks: [runbookOf(manual)] });
    const { useCases } = given;
    const declared = await useCases.declareIncident({
      by: ana,
      origin: here,
      values: { title: 'Quiet', severity: 'SEV2' },
    });
    const incident = declared.kind === 'done' ? (declared.incident ?? '') : '';

    expect(await useCases.viewRun({ by: ana, run: 'run-0' })).toMatchObject({
      code: 'run.unknown',
    });
    expect(await useCases.viewRun({ by: ana, run: 'inc-0' })).toMatchObject({
      code: 'run.unknown',
    });
    expect(await useCases.viewRun({ by: ana, run: incident })).toMatchObject({ code: 'run.none' });
    expect(
      await useCases.startRunbook({
        by: ana,
        origin: here,
        runbook: 'rehearsed',
        values: {},
        incident: 'inc-0',
      }),
    ).toMatchObject({ code: 'incident.unknown' });
  });
});

type Given = Awaited<ReturnType<typeof openApp>>;

async function start({ useCases }: Given, incident?: string): Promise<string> {
  const started = await useCases.startRunbook({
    by: ana,
    origin: here,
    runbook: 'rehearsed',
    values: {},
    ...(incident !== undefined && { incident }),
  });
  if (started.kind !== 'done' || started.run === undefined) throw new Error('not started');
  return started.run;
}

async function look({ useCases }: Given, run: string): Promise<RunView> {
  const view = await useCases.viewRun({ by: ana, run });
  if (view.kind === 'refused') throw new Error(view.message);
  return view;
}
