import { bot } from '#domain/ids.ts';
import { textOf } from '#domain/json.ts';

import { allowed, open, type Policed } from './allowed.ts';
import type { App } from './app.ts';
import { authorise, laterIfUnknown, type Permit } from './authorise.ts';
import { execute, executeFor } from './execute.ts';
import { mergedInto } from './merged-into.ts';
import { incidentOfMessage, noteOf, rememberNote } from './noted-messages.ts';
import { onceMark } from './once.ts';
import { incidentHere } from './place.ts';
import { postAgain } from './post-again.ts';
import { form, refused, replyOf, selectField } from './reply.ts';
import { visibleIncidents } from './visible-incidents.ts';

type NoteUseCases = Pick<Policed, 'note' | 'noteMessage' | 'followMessage'>;

/** What people put on the timeline by words, or by marking a message. */
export function createNoteUseCases(app: App): NoteUseCases {
  return {
    note: allowed(app, 'incident.note', async ({ origin, text, at }, permit) => {
      if (text.trim() === '') return refused('note.empty', 'A note needs a text.');
      const here = await incidentHere(app, permit, origin);
      if ('reply' in here) return here.reply;
      const { id } = await mergedInto(app, here.id);
      const now = app.clock.now().toISOString();
      const { actor } = permit;
      const note = { type: 'AddNote', at: now, actor, text, happenedAt: at ?? now } as const;
      const commands = () => [{ ...note, source: null }];
      return replyOf(
        await executeFor(app, permit, id, commands, onceMark(origin)),
        'On the timeline.',
      );
    }),

    noteMessage: allowed(app, 'incident.note', async (request, permit) => {
      const { origin, message, values, ask } = request;
      const chosen = textOf(values?.['incident']) || (await incidentOf(app, origin.channel));
      if (chosen === '') return ask ? whichIncident(app, permit) : nowhere();
      const { id } = await mergedInto(app, chosen);
      const at = app.clock.now().toISOString();
      const commands = () => [noteOf(message, { at, actor: permit.actor })];
      const executed = await executeFor(app, permit, id, commands, onceMark(origin));
      if (executed.kind === 'done') await rememberNote(app, origin, message, id);
      const title = executed.kind === 'done' ? executed.stream.incident?.title : undefined;
      return replyOf(
        executed,
        title === undefined ? 'On the timeline.' : `On the timeline of «${title}».`,
      );
    }),

    followMessage: open(
      'chat has decided who may change its messages; to take a note off is as to make one',
      async ({ by, channel, message, text, edited }) => {
        if (by === null) {
          await postAgain(app, channel, message, text === null ? 'deleted' : 'edited');
        }
        const noted = await incidentOfMessage(app, channel, message);
        if (noted === '') return;
        const { id } = await mergedInto(app, noted);
        const at = app.clock.now().toISOString();
        const follow =
          text === null
            ? { type: 'WithdrawNote' as const, at, message }
            : { type: 'ChangeNote' as const, at, message, text, edited };
        // One that was merged keeps its own record of what was noted there.
        for (const incident of new Set([noted, id])) {
          if (by === null) {
            await execute(app, incident, () => [{ ...follow, actor: bot }]);
            continue;
          }
          const permit = await authorise(app, by, 'incident.note');
          if (permit.kind === 'refused') return laterIfUnknown(permit);
          const { actor } = permit;
          await executeFor(app, permit, incident, () => [{ ...follow, actor }]);
        }
      },
    ),
  };
}

async function incidentOf(app: App, channel: string | null): Promise<string> {
  return channel === null ? '' : textOf(await app.store.mark('channel', channel));
}

const mostIncidents = 25;

/** A message of another channel belongs to the incident that the person says. */
async function whichIncident(app: App, permit: Permit) {
  const incidents = await visibleIncidents(app, permit, { open: true, limit: mostIncidents });
  const [first] = incidents;
  if (first === undefined) return nowhere();
  return form({
    title: 'Add to a timeline',
    submit: 'Add',
    fields: [
      selectField(
        'incident',
        'Incident',
        incidents.map(({ id, severity, title }) => ({
          value: id,
          label: `${severity} · ${title}`,
        })),
        { initial: first.id },
      ),
    ],
  });
}

function nowhere() {
  return refused('place.no-incident', 'There is no open incident that you could add this to.');
}
