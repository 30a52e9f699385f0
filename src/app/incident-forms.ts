import type { Incident } from '#domain/incident/state.ts';
import { textOf } from '#domain/json.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { Stream } from '#domain/stream/stream.ts';
import { updateDraft } from '#domain/timeline/update-draft.ts';

import type { Act } from './acts.ts';
import type { LoadedEvent } from './load.ts';
import { form, textField } from './reply.ts';
import type { Form, FormValues } from './use-cases.ts';

/** What has to be asked before something is done with an incident, wherever it is asked for. */

type Subject = { stream: Stream; events: readonly LoadedEvent[]; now: string; settings: Settings };

/** Of a button of the incident, or null where nothing is to be asked. */
export function formOfIncidentAct(subject: Subject, act: Act): Form | null {
  const { incident } = subject.stream;
  switch (act.type) {
    case 'Resolve':
      return resolveForm(incident?.cause ?? '');
    case 'Reopen':
      return reopenForm();
    case 'SendUpdate':
      return updateForm(subject);
    default:
      return null;
  }
}

export function resolveForm(cause: string): Form {
  return form({
    title: 'Resolve the incident',
    submit: 'Resolve',
    fields: [
      textField('cause', 'Cause', {
        multiline: true,
        initial: cause,
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

export function followUpsIn(values: FormValues): string[] {
  return textOf(values['followUps'])
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

export function reopenForm(): Form {
  return form({
    title: 'Reopen the incident',
    submit: 'Reopen',
    fields: [textField('reason', 'Why does it go on?', { multiline: true, optional: true })],
  });
}

/** The draft is what the evidence says; what is sent is what the person makes of it. */
export function updateForm({ stream, events, now, settings }: Subject): Form {
  const { incident } = stream;
  return form({
    title: 'Send an update',
    submit: 'Send',
    text: incident === null ? null : goesTo(incident, settings),
    fields: [
      textField('text', 'Update', {
        multiline: true,
        initial: updateDraft(events, now),
        hint: 'What people notice, what we do, and what comes next.',
      }),
    ],
  });
}

function goesTo(incident: Incident, { incident: settings }: Settings): string {
  const groups = incident.private ? [] : (settings.severities[incident.severity]?.followers ?? []);
  const count = incident.followers.length;
  const followers = count === 1 ? '1 follower' : `${count} followers`;
  const places = [
    'this incident’s channel',
    ...(incident.private || settings.announce === null ? [] : [settings.announce]),
    ...(count === 0 ? [] : [followers]),
    ...groups,
  ];
  return `Goes to ${places.join(', ')}, and into the text for stakeholders.`;
}
