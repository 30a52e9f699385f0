import type { PersonActor } from '#domain/ids.ts';
import { openItems } from '#domain/incident/open-items.ts';
import { textOf, textsOf } from '#domain/json.ts';

import { allowed, type Policed } from './allowed.ts';
import type { App } from './app.ts';
import type { Permit } from './authorise.ts';
import { asPerson } from './declare.ts';
import { executeFor, type PersonCommand } from './execute.ts';
import { followersByGroup } from './incident-acts.ts';
import { followUpsIn, reopenForm, resolveForm, updateForm } from './incident-forms.ts';
import type { Loaded } from './load.ts';
import { onceMark } from './once.ts';
import { incidentHere } from './place.ts';
import { severityWords } from './read-models/severity-words.ts';
import { form, peopleField, replyOf, selectField, textField } from './reply.ts';
import type { Origin, Reply } from './use-cases.ts';

type IncidentUseCases = Pick<
  Policed,
  | 'resolveIncident'
  | 'reopenIncident'
  | 'setSeverity'
  | 'giveRole'
  | 'giveBackRole'
  | 'sendUpdate'
  | 'invitePeople'
>;

/** What people do to lead an incident, wherever they ask from. */
export function createIncidentUseCases(app: App): IncidentUseCases {
  return {
    resolveIncident: allowed(app, 'incident.resolve', async ({ origin, values }, permit) => {
      const cause = textOf(values['cause']).trim();
      const followUps = followUpsIn(values);
      return inIncident(app, permit, origin, ({ stream }) =>
        cause === ''
          ? resolveForm(stream.incident?.cause ?? '')
          : { type: 'Resolve', cause, followUps },
      );
    }),

    reopenIncident: allowed(app, 'incident.reopen', async ({ origin, values }, permit) => {
      const reason = textOf(values?.['reason']).trim() || null;
      return inIncident(app, permit, origin, () =>
        values === undefined ? reopenForm() : { type: 'Reopen', reason },
      );
    }),

    setSeverity: allowed(app, 'incident.severity', async ({ origin, severity, values }, permit) => {
      const chosen = severity ?? textOf(values?.['severity']);
      return inIncident(app, permit, origin, (loaded) =>
        chosen === '' ? severityForm(app, loaded) : { type: 'SetSeverity', severity: chosen },
      );
    }),

    giveRole: allowed(app, 'incident.role', async ({ origin, role, person, values }, permit) => {
      const chosen = role ?? textOf(values?.['role']);
      const [id = ''] = textsOf(values?.['person']);
      const to = person ?? (id === '' ? null : await app.directory.person(id));
      const note = textOf(values?.['note']).trim() || null;
      return inIncident(app, permit, origin, (loaded) =>
        chosen === '' || to === null
          ? roleForm(app, loaded, chosen, permit.actor)
          : { type: 'AssignRole', role: chosen, person: asPerson(to), note },
      );
    }),

    giveBackRole: allowed(app, 'incident.role', async ({ origin, role }, permit) =>
      inIncident(app, permit, origin, () => ({ type: 'GiveBackRole', role })),
    ),

    sendUpdate: allowed(app, 'incident.update', async ({ origin, text, values }, permit) => {
      const written = (text ?? textOf(values?.['text'])).trim();
      const settings = app.runbooks.settings();
      return inIncident(app, permit, origin, async (loaded, { at }) =>
        written === ''
          ? updateForm({ ...loaded, now: at, settings })
          : {
              type: 'PostUpdate',
              text: written,
              tell: await followersByGroup(app, loaded.stream.incident),
            },
      );
    }),

    invitePeople: allowed(app, 'incident.invite', async ({ origin, people, values }, permit) => {
      const ids = textsOf(values?.['people']);
      const invited = [
        ...(people ?? []),
        ...(await Promise.all(ids.map((id) => app.directory.person(id)))),
      ];
      return inIncident(
        app,
        permit,
        origin,
        () =>
          invited.length === 0
            ? form({
                title: 'Invite people',
                submit: 'Invite',
                fields: [peopleField('people', 'Who?', { many: true })],
              })
            : { type: 'Invite', people: invited.map(asPerson) },
        `Invited ${invited.map(({ name }) => name).join(', ')}.`,
      );
    }),
  };
}

type Unsigned = PersonCommand extends infer C
  ? C extends unknown
    ? Omit<C, 'at' | 'actor'>
    : never
  : never;
type Answered = Unsigned | Extract<Reply, { kind: 'form' | 'refused' }>;

/** The incident of this place, and what is done with it: a command, or what has to be asked first. */
export async function inIncident(
  app: App,
  permit: Permit,
  origin: Origin,
  act: (loaded: Loaded, by: { at: string; actor: PersonActor }) => Answered | Promise<Answered>,
  text: string | null = null,
): Promise<Reply> {
  const here = await incidentHere(app, permit, origin);
  if ('reply' in here) return here.reply;
  const by = { at: app.clock.now().toISOString(), actor: permit.actor };
  const answered = await act(here.loaded, by);
  if ('kind' in answered) return answered;
  const command: PersonCommand = { ...answered, ...by };
  return replyOf(await executeFor(app, permit, here.id, () => [command], onceMark(origin)), text);
}

function severityForm(app: App, { stream }: Loaded): Extract<Reply, { kind: 'form' }> {
  const settings = app.runbooks.settings();
  const names = Object.keys(settings.incident.severities);
  const now = stream.incident?.severity ?? null;
  return form({
    title: 'Set the severity',
    submit: 'Set',
    text: names.map((name) => `${name}: ${severityWords(settings, name)}`).join('\n'),
    fields: [
      selectField(
        'severity',
        'Severity',
        names.map((value) => ({ value, label: value === now ? `${value} (now)` : value })),
        { initial: now },
      ),
    ],
  });
}

/** A role that goes over from somebody takes the open items with it: they are shown before. */
function roleForm(
  app: App,
  { stream }: Loaded,
  role: string,
  by: PersonActor,
): Extract<Reply, { kind: 'form' }> {
  const settings = app.runbooks.settings();
  const options = settings.incident.roles.map(({ name }) => {
    const who = stream.incident?.roles[name];
    return { value: name, label: who ? `${name} (${who.name})` : `${name} (nobody yet)` };
  });
  const open = openItems(stream, settings);
  return form({
    title: 'Give out a role',
    submit: 'Give',
    text: open.length === 0 ? null : `Open now:\n${open.map((item) => `• ${item}`).join('\n')}`,
    fields: [
      selectField('role', 'Role', options, { initial: role || (options[0]?.value ?? null) }),
      peopleField('person', 'To', { initial: by.id }),
      textField('note', 'What they should know', { multiline: true, optional: true }),
    ],
  });
}
