import { bot, type PersonActor } from '#domain/ids.ts';
import { textOf } from '#domain/json.ts';

import { allowed, open, type Policed } from './allowed.ts';
import type { App } from './app.ts';
import { authorise, laterIfUnknown, type Permit } from './authorise.ts';
import { asPerson, declare, newIncidentId } from './declare.ts';
import { execute, executeFor, type PersonCommand } from './execute.ts';
import { onceMark } from './once.ts';
import { incidentHere } from './place.ts';
import { incidentSummary } from './read-models/incident-summary.ts';
import { done, form, refused, replyOf, selectField, textField } from './reply.ts';
import type { Origin, Reply } from './use-cases.ts';

type IncidentUseCases = Pick<
  Policed,
  | 'declareIncident'
  | 'note'
  | 'followMessage'
  | 'resolveIncident'
  | 'incidentStatus'
  | 'setSeverity'
  | 'takeRole'
>;

/** What people do with an incident, wherever they ask from. */
export function createIncidentUseCases(app: App): IncidentUseCases {
  return {
    declareIncident: allowed(app, 'incident.declare', async ({ origin, values }, permit) => {
      const title = textOf(values['title']).trim();
      if (title === '' || values['severity'] === undefined) return declareForm(app, title);
      const id = newIncidentId(app);
      const at = app.clock.now().toISOString();
      const declaration = {
        at,
        title,
        severity: textOf(values['severity']),
        service: textOf(values['service']) || null,
        environment: textOf(values['environment']) || null,
        drill: values['drill'] === true,
        declared: true,
        startedAt: at,
        alert: null,
      };
      const executed = await declare(app, permit, id, declaration, onceMark(origin, id));
      if (executed.kind === 'rejected') return replyOf(executed);
      const incident = executed.kind === 'duplicate' ? textOf(executed.mark.value) : id;
      return done(`Declared ${incident}. Its channel is being opened; you will be invited.`, {
        incident,
      });
    }),

    note: allowed(app, 'incident.note', async ({ origin, text, at, source }, permit) => {
      if (text.trim() === '') return refused('note.empty', 'A note needs a text.');
      const now = app.clock.now().toISOString();
      return inIncident(app, permit, origin, 'On the timeline.', (actor) => ({
        type: 'AddNote',
        at: now,
        actor,
        text,
        happenedAt: at ?? now,
        source: source
          ? {
              permalink: source.permalink,
              message: source.message,
              author: source.author === null ? actor : asPerson(source.author),
            }
          : null,
      }));
    }),

    followMessage: open(
      'chat has decided who may change its messages; to take a note off is as to make one',
      async ({ by, channel, message, text }) => {
        const incident = textOf(await app.store.mark('channel', channel));
        if (incident === '') return;
        const at = app.clock.now().toISOString();
        const follow =
          text === null
            ? { type: 'WithdrawNote' as const, at, message }
            : { type: 'ChangeNote' as const, at, message, text };
        if (by === null) {
          await execute(app, incident, () => [{ ...follow, actor: bot }]);
          return;
        }
        const permit = await authorise(app, by, 'incident.note');
        if (permit.kind === 'refused') return laterIfUnknown(permit);
        const { actor } = permit;
        await executeFor(app, permit, incident, () => [{ ...follow, actor }]);
      },
    ),

    resolveIncident: allowed(app, 'incident.resolve', async ({ origin, values }, permit) => {
      const cause = textOf(values['cause']).trim();
      const here = await incidentHere(app, permit, origin);
      if ('reply' in here) return here.reply;
      if (cause === '') {
        return form({
          title: 'Resolve the incident',
          submit: 'Resolve',
          fields: [
            textField('cause', 'Cause', {
              multiline: true,
              hint: 'What was wrong, in a sentence.',
            }),
            textField('followUps', 'Follow-ups', {
              multiline: true,
              optional: true,
              hint: 'One a line.',
            }),
          ],
        });
      }
      const followUps = textOf(values['followUps'])
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
      const at = app.clock.now().toISOString();
      return inIncident(app, permit, origin, null, (actor) => ({
        type: 'Resolve',
        at,
        actor,
        cause,
        followUps,
      }));
    }),

    incidentStatus: allowed(app, 'incident.look', async ({ origin }, permit) => {
      const here = await incidentHere(app, permit, origin);
      if ('reply' in here) return here.reply;
      return done(incidentSummary(here.loaded, app.clock.now().toISOString()));
    }),

    setSeverity: allowed(app, 'incident.severity', async ({ origin, severity }, permit) => {
      const at = app.clock.now().toISOString();
      return inIncident(app, permit, origin, null, (actor) => ({
        type: 'SetSeverity',
        at,
        actor,
        severity,
      }));
    }),

    takeRole: allowed(app, 'incident.role', async ({ origin, role, person }, permit) => {
      const at = app.clock.now().toISOString();
      return inIncident(app, permit, origin, null, (actor) => ({
        type: 'AssignRole',
        at,
        actor,
        role,
        person: asPerson(person),
      }));
    }),
  };
}

async function inIncident(
  app: App,
  permit: Permit,
  origin: Origin,
  text: string | null,
  command: (actor: PersonActor) => PersonCommand,
): Promise<Reply> {
  const here = await incidentHere(app, permit, origin);
  if ('reply' in here) return here.reply;
  const commands = () => [command(permit.actor)];
  return replyOf(await executeFor(app, permit, here.id, commands, onceMark(origin)), text);
}

function declareForm(app: App, title: string): Reply {
  const { services, incident } = app.runbooks.settings();
  const severities = Object.keys(incident.severities).map((value) => ({ value, label: value }));
  const names = Object.keys(services).map((value) => ({ value, label: value }));
  const environments = [...new Set(Object.values(services).flatMap((one) => one.environments))];
  return form({
    title: 'Declare an incident',
    submit: 'Declare',
    fields: [
      textField('title', 'What is wrong?', {
        initial: title,
        hint: 'A few words that tell people what to look for.',
      }),
      selectField('severity', 'Severity', severities, { initial: severities[0]?.value ?? null }),
      ...(names.length === 0
        ? []
        : [
            selectField('service', 'Service', names, {
              optional: true,
              initial: names[0]?.value ?? null,
            }),
          ]),
      ...(environments.length === 0
        ? []
        : [
            selectField(
              'environment',
              'Environment',
              environments.map((value) => ({ value, label: value })),
              { optional: true, initial: environments[0] ?? null },
            ),
          ]),
    ],
  });
}
