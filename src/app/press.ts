import type { Action } from '#domain/authorisation/policies.ts';
import type { PersonActor } from '#domain/ids.ts';
import { isJsonArray, objectOf, textOf, type Json, type JsonObject } from '#domain/json.ts';
import { lacksReason } from '#domain/run/migration-reason.ts';
import type { ApprovalRequest, Run } from '#domain/run/state.ts';
import { findStep, isRead } from '#domain/run/structure.ts';
import { asWritten } from '#domain/runbook/as-written.ts';
import { decide } from '#domain/stream/decide.ts';
import type { Stream } from '#domain/stream/stream.ts';

import type { Act } from './acts.ts';
import { open, type Policed } from './allowed.ts';
import type { App } from './app.ts';
import { authorise, type Permit } from './authorise.ts';
import { findControl } from './controls.ts';
import { executeFor, type PersonCommand } from './execute.ts';
import {
  incidentCommand,
  isIncidentAct,
  replyToIncidentAct,
  type RunAct,
} from './incident-acts.ts';
import { formOfIncidentAct } from './incident-forms.ts';
import { load } from './load.ts';
import { onceMark } from './once.ts';
import { loadPosted } from './posted.ts';
import { form, labelOf, refused, rejectedReply, replyOf, selectField, textField } from './reply.ts';
import type { Form, FormField, FormValues, Refused } from './use-cases.ts';

/** A press of a button: looked up by its opaque id, authorised, and given as the command it stands for. */
export function createPress(
  app: App,
  runbooks: Pick<Policed, 'startRunbook' | 'listRunbooks'>,
): Policed['press'] {
  return open('the act behind the button names its policy', async (request) => {
    const { control: id, by, origin, values } = request;
    const control = await findControl(app, id);
    if (control === null) {
      return refused(
        'control.unknown',
        'This button is not known any more. Look at the newest message.',
      );
    }
    if (origin.message !== null && !(await isOurs(app, control.stream, origin))) {
      app.log.warn(
        { control: id, by: by.id, ...origin },
        'a button was pressed in a message that is not its own',
      );
      return refused('control.copied', 'This is a copy. Use the button in the original message.');
    }
    const { act, stream: incidentId } = control;
    const loaded = await load(app, incidentId);
    const { stream } = loaded;
    const permit = await authorise(app, by, actionOf[act.type], requestBehind(stream, act));
    if (permit.kind === 'refused') return permit;

    if (act.type === 'ListRunbooks') return runbooks.listRunbooks({ by, origin });
    if (act.type === 'StartRunbook') {
      const { runbook } = act;
      const filled = values && { values };
      return runbooks.startRunbook({ by, origin, runbook, incident: incidentId, ...filled });
    }
    const rejection = permit.whyNot(stream);
    if (rejection !== null) return rejectedReply(rejection);
    const { incident, runs } = stream;
    const run = 'run' in act ? runs[act.run] : undefined;
    const at = app.clock.now().toISOString();
    if (values === undefined) {
      const asked = isIncidentAct(act)
        ? formOfIncidentAct({ ...loaded, now: at, settings: app.runbooks.settings() }, act)
        : formFor(run, act);
      if (asked !== null) return refusedAnyway(app, permit, stream, act, at) ?? asked;
    }
    const { actor, groups } = permit;
    const given = values ?? {};
    const command = isIncidentAct(act)
      ? await incidentCommand(app, incident, act, given, { at, actor })
      : commandOf(act, given, { at, actor, groups }, run);
    const once = onceMark(origin);
    const executed = await executeFor(app, permit, control.stream, () => [command], once);
    return executed.kind === 'rejected' ? replyOf(executed) : replyToIncidentAct(command, incident);
  });
}

/** Nobody is to write down a reason for what is refused whatever it is. */
function refusedAnyway(
  app: App,
  permit: Permit,
  stream: Stream,
  act: Act,
  at: string,
): Refused | null {
  switch (act.type) {
    case 'BreakGlass':
    case 'ByHand':
    case 'Skip':
    case 'Stop': {
      const { actor, groups } = permit;
      const by = { at, actor, groups };
      const command = commandOf(act, { reason: '…', note: '…' }, by, stream.runs[act.run]);
      const decision = decide(command, stream, app.runbooks.settings());
      return decision.accepted ? null : rejectedReply(permit.worded(decision.rejection));
    }
    default:
      return null;
  }
}

/** What is asked of people there now; a press that is about an older one is refused as such. */
function requestBehind({ runs }: Stream, act: Act): ApprovalRequest | null {
  const visit = 'run' in act && 'step' in act ? runs[act.run]?.steps[act.step] : undefined;
  return visit?.write?.phase === 'approving' ? visit.write.request : null;
}

/** What a person does who presses the button of an act. */
export const actionOf = {
  Begin: 'run.start',
  Choose: 'run.answer',
  Answer: 'run.answer',
  MarkDone: 'run.answer',
  Confirm: 'run.answer',
  Approve: 'write.approve',
  Reject: 'write.reject',
  BreakGlass: 'write.break-glass',
  ByHand: 'run.answer',
  Skip: 'run.steer',
  Retry: 'run.steer',
  Rerun: 'run.steer',
  GoTo: 'run.steer',
  Stop: 'run.steer',
  StartRunbook: 'run.start',
  ListRunbooks: 'run.look',
  TakeCommand: 'incident.role',
  Resolve: 'incident.resolve',
  Reopen: 'incident.reopen',
  SendUpdate: 'incident.update',
  Snooze: 'incident.update',
  Join: 'incident.join',
  Follow: 'incident.follow',
  ExportPostMortem: 'incident.export',
  TakeSuggestion: 'incident.answer',
  DismissSuggestion: 'incident.answer',
} as const satisfies Readonly<Record<Act['type'], Action>>;

/** The message that was pressed must be one that we posted for this very stream. */
async function isOurs(
  app: App,
  stream: string,
  origin: { channel: string | null; message: string | null },
): Promise<boolean> {
  const posted = await loadPosted(app, stream, 'main');
  const messages = Object.values(posted.messages);
  return messages.some(({ ts, channel }) =>
    ts === null
      ? // Its answer has not come yet, and it may be the very one. A person's channel is not known before.
        channel === '' || channel === origin.channel
      : ts === origin.message && channel === origin.channel,
  );
}

const reason = (hint: string) => textField('reason', 'Reason', { multiline: true, hint });

const crossesMigrations = form({
  title: 'Crosses migrations',
  text: 'The way back crosses database migrations. Say why it is safe.',
  fields: [reason('It goes on the timeline.')],
});

/** What has to be asked before the act can be done, or null. */
export function formFor(run: Run | undefined, act: Act): Form | null {
  switch (act.type) {
    case 'Choose':
      return act.needsReason ? crossesMigrations : null;
    case 'Approve': {
      const visit = run?.steps[act.step];
      return run && visit && lacksReason(run, visit) ? crossesMigrations : null;
    }
    case 'Answer': {
      const draft = run?.steps[act.step]?.draft ?? {};
      const step = run && findStep(run.document.runbook, act.step);
      const fields = objectOf(draft['fields']);
      return form({
        title: 'Answer',
        text: textOf(draft['question']) || null,
        fields: (step ? asWritten(step, fields) : Object.entries(fields)).map(([id, spec]) =>
          formField(id, objectOf(spec)),
        ),
      });
    }
    case 'BreakGlass':
      return form({
        title: 'Break the glass',
        submit: 'Go ahead alone',
        text: 'The write starts at once, without a second person. It is announced and marked in the record.',
        fields: [reason('Why can nobody else approve it?')],
      });
    case 'ByHand':
      return form({
        title: 'Done by hand',
        submit: 'It is done',
        fields: [
          textField('note', 'What was done', { multiline: true, hint: 'It goes on the timeline.' }),
        ],
      });
    case 'Skip':
      return form({
        title: 'Skip this step',
        submit: 'Skip',
        fields: [reason('Why is it not needed?')],
      });
    case 'Stop':
      return form({
        title: 'Stop the runbook',
        submit: 'Stop',
        fields: [reason('Why does it stop here?')],
      });
    case 'GoTo':
      return form({ title: 'Go to a step', submit: 'Go', fields: [stepField(run, () => true)] });
    case 'Rerun':
      return form({
        title: 'Check again',
        submit: 'Check',
        fields: [stepField(run, (step) => isRead(step))],
      });
    default:
      return null;
  }
}

function stepField(
  run: Run | undefined,
  which: (step: Run['document']['runbook']['steps'][number]) => boolean,
): FormField {
  const steps = run?.document.runbook.steps.filter(which) ?? [];
  return selectField(
    'step',
    'Step',
    steps.slice(0, 100).map(({ id, title }) => ({ value: id, label: title })),
  );
}

/** A field of a `form` step, whose words are those of JSON Schema. */
function formField(id: string, spec: JsonObject): FormField {
  const base = {
    id,
    label: textOf(spec['title'], labelOf(id)),
    hint: textOf(spec['description']) || null,
    optional: spec['required'] === false,
    initial: spec['default'] ?? null,
  };
  const options = isJsonArray(spec['enum']) ? spec['enum'] : null;
  if (options !== null) {
    const choices = options.map((one) => ({ value: shown(one), label: shown(one) }));
    return { ...base, type: 'select', options: choices };
  }
  switch (spec['type']) {
    case 'boolean':
      return { ...base, type: 'boolean' };
    case 'integer':
    case 'number':
      return { ...base, type: 'number', integer: spec['type'] === 'integer' };
    default:
      return { ...base, type: 'text', multiline: false, maxLength: 2_000 };
  }
}

function shown(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

type By = { at: string; actor: PersonActor; groups: readonly string[] };

function commandOf(act: RunAct, values: FormValues, by: By, run: Run | undefined): PersonCommand {
  const { at, actor, groups } = by;
  const why = textOf(values['reason']);
  switch (act.type) {
    case 'Begin':
      return { ...act, at, actor };
    case 'Choose': {
      const { needsReason: _needsReason, ...choice } = act;
      return { ...choice, at, actor, reason: why || null };
    }
    case 'Answer':
      return { ...act, at, actor, values };
    case 'MarkDone':
      return { ...act, at, actor, note: textOf(values['note']) || null };
    case 'Confirm':
      return { ...act, at, actor, cause: null };
    case 'Approve':
      return { ...act, at, actor, groups, reason: why || null };
    case 'Reject':
      return { ...act, at, actor, groups, reason: why || null };
    case 'BreakGlass':
      return { ...act, at, actor, groups, reason: why };
    case 'ByHand':
      return { ...act, at, actor, note: textOf(values['note']) || null };
    case 'Skip':
    case 'Stop':
      return { ...act, at, actor, reason: why };
    case 'Retry':
      return { ...act, at, actor };
    case 'Rerun':
      return { ...act, at, actor, step: stepIn(values, run) };
    case 'GoTo':
      return { ...act, at, actor, step: stepIn(values, run), reason: why || null };
    default:
      return act satisfies never;
  }
}

function stepIn(values: FormValues, run: Run | undefined): string {
  const id = textOf(values['step']);
  return run && findStep(run.document.runbook, id) ? id : '';
}
