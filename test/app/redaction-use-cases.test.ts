import { describe, expect, it } from 'vitest';

import { createInbox } from '#adapters/store/inbox.ts';
import { loadRecords } from '#adapters/store/records.ts';
import { executeFor } from '#app/execute.ts';
import { load } from '#app/load.ts';
import { timelineEntries } from '#domain/timeline/entries.ts';
import { verifyChain } from '#domain/timeline/record.ts';
import { ana, ben, openApp } from '#test/support/app.ts';
import { tablesAsText } from '#test/support/canaries.ts';
import { permitOf } from '#test/support/permit.ts';
import { runbookOf } from '#test/support/runbooks.ts';

const cleo = { id: 'U0CLEO', name: 'cleo' };
const here = { channel: null, message: null };
const form = `  - {id: f, title: Who called, uses: form, with: {question: Who called?, fields: {who: {type: string}}}, outputs: {whom: result.values.who}}
  - {id: m, title: Call back, uses: manual, with: {instructions: 'Call \${{ steps.f.outputs.whom }}'}}`;

describe('an entry that is redacted', () => {
  it('is nowhere in the database any more, the chain holds, and who did it is on record', async () => {
    await using given = await answered();
    const { app, db, useCases, run, entry } = given;

    expect(await useCases.redactEntry({ by: ana, id: run, entry })).toMatchObject({ kind: 'done' });

    const texts = await db.selectFrom('event_texts').selectAll().execute();
    expect(JSON.stringify(texts)).not.toContain('Jane Doe');
    const records = await loadRecords(db, run);
    expect(verifyChain(run, records, app)).toMatchObject({ intact: true });
    const { events, stream } = await load(app, run);
    expect(timelineEntries(events).at(-1)).toMatchObject({
      kind: 'redaction',
      actor: { id: ana.id },
      text: `Took the text of entry ${entry} out of the record`,
    });
    expect(stream.runs[run]?.steps['f']?.finished).toMatchObject({
      outputs: {},
      result: { values: { who: null } },
    });
    expect(await useCases.redactEntry({ by: ana, id: run, entry })).toMatchObject({
      code: 'entry.no-text',
    });
  });

  it('is gone from what a runbook made of it: the next question, and whatever waits beside the events', async () => {
    await using given = await answered();
    const { app, db, useCases, run, entry } = given;
    await createInbox(db).keep('form', { text: 'about Jane Doe' });
    const asks = async () => {
      const { stream } = await load(app, run);
      return JSON.stringify(stream.runs[run]?.steps['m']?.draft);
    };
    expect(await asks()).toContain('Call Jane Doe');

    const reply = await useCases.redactEntry({ by: ana, id: run, entry });

    expect(reply).toMatchObject({ text: expect.not.stringContaining('The same words') });
    expect(await asks()).toContain('(redacted)');
    const everything = Object.values(await tablesAsText(db)).join('\n');
    expect(everything).not.toContain('Jane Doe');
    expect(verifyChain(run, await loadRecords(db, run), app)).toMatchObject({ intact: true });
  });

  it('leaves what somebody else wrote of it, and says where', async () => {
    await using given = await answered();
    const { app, useCases, run, entry } = given;
    const at = app.clock.now().toISOString();
    const actor = { kind: 'person', ...ben } as const;
    const reason = 'Jane Doe called again';
    await executeFor(app, permitOf(ben), run, () => [{ type: 'Stop', at, actor, run, reason }]);
    const { events } = await load(app, run);
    const said = events.filter(({ event }) => JSON.stringify(event).includes(reason));

    const reply = await useCases.redactEntry({ by: ana, id: run, entry });

    expect(said).not.toEqual([]);
    expect(reply).toMatchObject({
      text: expect.stringContaining(`The same words stand in ${said[0]?.position}`),
    });
  });

  it('is that of its author, or of the owners of the service; nobody else may', async () => {
    await using given = await answered({ payments: [cleo.id] });
    const { db, useCases, run, entry } = given;

    expect(await useCases.redactEntry({ by: ben, id: run, entry })).toEqual({
      kind: 'refused',
      code: 'entry.not-yours',
      message:
        'Only who wrote it, the commander of the incident or a member of payments may take it out.',
    });
    expect(JSON.stringify(await db.selectFrom('event_texts').selectAll().execute())).toContain(
      'Jane Doe',
    );
    expect(await useCases.redactEntry({ by: cleo, id: run, entry })).toMatchObject({
      kind: 'done',
    });
  });

  it('has a number that the list of written entries gives', async () => {
    await using given = await answered();
    const { useCases, run, entry } = given;

    expect(await useCases.writtenEntries({ by: ana, id: run })).toMatchObject([
      { seq: entry, actor: { id: ana.id }, text: 'Answered: Who called' },
    ]);
    expect(await useCases.redactEntry({ by: ana, id: run, entry: 99 })).toMatchObject({
      code: 'entry.unknown',
    });
    expect(await useCases.writtenEntries({ by: ana, id: 'inc-0' })).toEqual([]);
  });

  it('is gone from all versions of a note', async () => {
    await using given = await openApp();
    const { app, db, useCases } = given;
    const declared = await useCases.declareIncident({
      by: ana,
      origin: here,
      values: { title: 'Checkout fails', severity: 'SEV1' },
    });
    const id = declared.kind === 'done' ? (declared.incident ?? '') : '';
    const at = app.clock.now().toISOString();
    const actor = { kind: 'person', ...ana } as const;
    const author = { kind: 'person', ...ben } as const;
    const source = { permalink: null, message: 'C1/1', author };
    await executeFor(app, permitOf(ana), id, () => [
      { type: 'AddNote', at, actor, text: 'card 4111', happenedAt: at, source },
      { type: 'ChangeNote', at, actor: author, message: 'C1/1', text: 'the card 4111 1111' },
    ]);
    const { events } = await load(app, id);
    const note = events.find(({ event }) => event.type === 'NoteAdded');

    const reply = await useCases.redactEntry({ by: ben, id, entry: note?.position ?? 0 });

    expect(reply).toMatchObject({ kind: 'done' });
    const texts = await db.selectFrom('event_texts').selectAll().execute();
    expect(JSON.stringify(texts)).not.toContain('4111');
    expect(JSON.stringify(texts)).toContain('Checkout fails');
  });
});

/** A run in which ana has answered a form. */
async function answered(groups: Readonly<Record<string, readonly string[]>> = {}) {
  const given = await openApp({ runbooks: [runbookOf(form)], groups });
  const { app, useCases } = given;
  const started = await useCases.startRunbook({
    by: ben,
    origin: here,
    runbook: 'rehearsed',
    values: {},
  });
  const run = started.kind === 'done' ? (started.run ?? '') : '';
  const view = await useCases.viewRun({ by: ana, run });
  const [button] = view.kind === 'run' ? (view.message.question?.buttons ?? []) : [];
  await useCases.press({
    control: button?.control ?? '',
    by: ana,
    origin: here,
    values: { who: 'Jane Doe' },
  });
  const { events } = await load(app, run);
  const entry = events.find(({ event }) => event.type === 'Answered')?.position ?? 0;
  return { ...given, run, entry };
}
