import { textOf } from '#domain/json.ts';

import { allowed, type Policed } from './allowed.ts';
import type { App } from './app.ts';
import { newIncidentId } from './declare.ts';
import { executeFor, type PersonCommand } from './execute.ts';
import { noteOf, rememberNote } from './noted-messages.ts';
import { onceMark } from './once.ts';
import { severityWords } from './read-models/severity-words.ts';
import { booleanField, done, form, replyOf, selectField, textField } from './reply.ts';
import type { Reply } from './use-cases.ts';

/** Declares an incident in a stream of its own. A message that it is declared from is its first note. */
export function createDeclareUseCase(app: App): Policed['declareIncident'] {
  return allowed(app, 'incident.declare', async ({ origin, values, source }, permit) => {
    const title = textOf(values['title']).trim();
    if (title === '' || values['severity'] === undefined) {
      return declareForm(app, title || titleOf(source?.text ?? ''));
    }
    const id = newIncidentId(app);
    const at = app.clock.now().toISOString();
    const { actor } = permit;
    const commands: PersonCommand[] = [
      {
        type: 'Declare',
        at,
        actor,
        incident: id,
        title,
        severity: textOf(values['severity']),
        service: textOf(values['service']) || null,
        environment: textOf(values['environment']) || null,
        drill: values['drill'] === true,
        private: values['private'] === true,
        declared: true,
        startedAt: at,
        alert: null,
      },
      ...(source === undefined ? [] : [noteOf(source, { at, actor })]),
    ];
    const executed = await executeFor(app, permit, id, () => commands, onceMark(origin, id));
    if (executed.kind === 'rejected') return replyOf(executed);
    const incident = executed.kind === 'duplicate' ? textOf(executed.mark.value) : id;
    if (source !== undefined) await rememberNote(app, origin, source, incident);
    return done('Declared. Its channel is being opened; you will be invited.', {
      incident,
    });
  });
}

const longestTitle = 80;

/** The first line of a message, as a title to begin with. */
function titleOf(text: string): string {
  const [line = ''] = text.trim().split('\n');
  return line.length <= longestTitle ? line : `${line.slice(0, longestTitle - 1)}…`;
}

function declareForm(app: App, title: string): Reply {
  const settings = app.runbooks.settings();
  const { services, incident } = settings;
  const severities = Object.keys(incident.severities).map((value) => ({
    value,
    label: `${value}: ${severityWords(settings, value)}`,
  }));
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
      booleanField(
        'private',
        'Private',
        'Only people who are invited see it; it is not announced.',
      ),
      booleanField('drill', 'Drill', 'An exercise: it is marked as one wherever it shows.'),
    ],
  });
}
