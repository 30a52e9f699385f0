import { bot } from '#domain/ids.ts';
import { textOf, textsOf } from '#domain/json.ts';
import type { PersonRef } from '#ports/chat-messages.ts';

import { allowed, open, type Policed } from './allowed.ts';
import type { App } from './app.ts';
import { noteOpen } from './closed-place.ts';
import { asPerson } from './declare.ts';
import { announceJob, execute, lanes } from './execute.ts';
import { load } from './load.ts';
import { incidentHere, streamHere } from './place.ts';
import { brief } from './read-models/brief.ts';
import { incidentLine } from './read-models/incident-line.ts';
import { timelineView } from './read-models/timeline-view.ts';
import { done, form, multiselectField, selectField } from './reply.ts';
import { visibleIncidents } from './visible-incidents.ts';

type LookUseCases = Pick<
  Policed,
  'incidentStatus' | 'timeline' | 'filterTimeline' | 'listIncidents' | 'letIn' | 'membership'
>;

const mostIncidents = 100;

/** How things stand, for whoever asks or comes in late. */
export function createIncidentLookUseCases(app: App): LookUseCases {
  const now = () => app.clock.now().toISOString();
  return {
    incidentStatus: allowed(app, 'incident.look', async ({ origin }, permit) => {
      const here = await incidentHere(app, permit, origin);
      if ('reply' in here) return here.reply;
      const lines = brief(here.loaded, app.runbooks.settings(), now());
      return done(null, { brief: lines });
    }),

    timeline: allowed(app, 'incident.look', async ({ origin, filter, page }, permit) => {
      const here = await incidentHere(app, permit, origin);
      if ('reply' in here) return here.reply;
      return done(null, { timeline: timelineView(here.loaded, filter, page) });
    }),

    filterTimeline: allowed(app, 'incident.look', async ({ origin, values }, permit) => {
      const here = await incidentHere(app, permit, origin);
      if ('reply' in here) return here.reply;
      const all = timelineView(here.loaded, { kinds: [], person: null }, 0);
      if (values !== undefined) {
        const filter = {
          kinds: textsOf(values['kinds']),
          person: textOf(values['person']) || null,
        };
        return done(null, { timeline: timelineView(here.loaded, filter, 0) });
      }
      return form({
        title: 'Filter the timeline',
        submit: 'Show',
        fields: [
          multiselectField('kinds', 'Kinds', all.kinds),
          selectField('person', 'Person', all.people, { optional: true }),
        ],
      });
    }),

    listIncidents: allowed(app, 'incident.look', async (_request, permit) => {
      const incidents = await visibleIncidents(app, permit, { open: true, limit: mostIncidents });
      const at = now();
      return done(null, { incidents: incidents.map((incident) => incidentLine(incident, at)) });
    }),

    letIn: open('chat has let the bot in, and it shows nothing new', async ({ channel }) => {
      const stream = await streamHere(app, { channel, message: null });
      if (stream === null) return;
      await noteOpen(app, stream, { to: { channel } });
      for (const lane of lanes) {
        const job = announceJob(stream, lane);
        const payload = { ...job.payload, opened: true };
        await app.jobs.enqueue({ ...job, payload, key: `${job.key}:opened` });
      }
    }),

    membership: open('chat has let them into the channel', async ({ by, channel, joined }) => {
      const id = textOf(await app.store.mark('channel', channel));
      if (id === '') return done();
      const { stream } = await load(app, id);
      if (stream.incident === null) return done();
      // Who sees a private incident goes by who is in its channel.
      if (stream.incident.private) await recordMembership(app, id, by, joined);
      if (!joined) return done();
      const lines = brief(await load(app, id), app.runbooks.settings(), now());
      return done(null, { brief: lines });
    }),
  };
}

async function recordMembership(
  app: App,
  id: string,
  by: PersonRef,
  joined: boolean,
): Promise<void> {
  const person = asPerson(by);
  const common = { at: app.clock.now().toISOString(), actor: bot };
  await execute(app, id, () => [
    joined ? { ...common, type: 'Invite', people: [person] } : { ...common, type: 'Leave', person },
  ]);
}
