import type { Incident } from '#domain/incident/state.ts';
import { textOf, type Json } from '#domain/json.ts';
import type { InputSpec, RunbookDocument, RunMode } from '#domain/runbook/runbook.ts';
import { emptyStream } from '#domain/stream/stream.ts';

import { allowed, type Policed } from './allowed.ts';
import type { App } from './app.ts';
import { executeFor } from './execute.ts';
import { load } from './load.ts';
import { onceMark } from './once.ts';
import { commandName, openRuns, streamHere } from './place.ts';
import { runbookListText } from './read-models/runbook-list-text.ts';
import { runbookList } from './read-models/runbook-list.ts';
import { stepLines } from './read-models/step-lines.ts';
import {
  done,
  form,
  labelOf,
  refused,
  rejectedReply,
  replyOf,
  selectField,
  textField,
} from './reply.ts';
import { startCommand } from './start-runbook.ts';
import type { FormField, FormValues, Origin, Reply } from './use-cases.ts';

type RunbookUseCases = Pick<Policed, 'listRunbooks' | 'startRunbook' | 'runStatus' | 'stopRun'>;

/** What people do with runbooks, wherever they ask from. */
export function createRunbookUseCases(app: App): RunbookUseCases {
  return {
    listRunbooks: allowed(app, 'run.look', async () => {
      const runbooks = await runbookList(app);
      return done(runbookListText(runbooks), { runbooks });
    }),

    startRunbook: allowed(app, 'run.start', async (request, permit) => {
      const { origin, runbook, values, mode, incident } = request;
      const document = app.runbooks.get(runbook);
      if (document === null) return unknownRunbook(app, runbook);
      const known = incident ?? (await incidentOf(app, origin));
      const place = known === '' ? emptyStream('') : (await load(app, known)).stream;
      if (incident !== undefined && place.incident === null) {
        return refused(
          'incident.unknown',
          `There is no incident ${JSON.stringify(incident)} on record.`,
        );
      }
      const rejection = permit.whyNot(place);
      if (rejection !== null) return rejectedReply(rejection);
      if (values === undefined) {
        const defaults = app.runbooks.settings().inputs[runbook] ?? {};
        return startForm(document, defaults, place.incident);
      }
      const { [modeField]: askedMode, ...answers } = values;
      const given = inputsOf(document, answers);
      if ('problem' in given) return refused('run.bad-inputs', given.problem);

      const command = startCommand(app, document, {
        by: permit.actor,
        inputs: given.inputs,
        mode: drillOf(place.incident, mode ?? modeOf(askedMode)),
      });
      const stream = known || command.run;
      // A run outside of an incident is shown where it was asked for.
      const shownIn = known === '' ? origin.channel : null;
      const executed = await executeFor(app, permit, stream, () => [command], [
        ...onceMark(origin, command.run),
        ...(shownIn === null ? [] : [{ scope: 'place', key: stream, value: shownIn }]),
      ]);
      if (executed.kind === 'rejected') return replyOf(executed);
      const run = executed.kind === 'duplicate' ? textOf(executed.mark.value) : command.run;
      if (shownIn !== null) {
        await app.store.setMark({ scope: 'run-in', key: shownIn, value: run });
      }
      return done(null, { run });
    }),

    runStatus: allowed(app, 'run.look', async ({ origin }, permit) => {
      const stream = await streamHere(app, origin);
      if (stream === null) return noRun(app);
      const loaded = await load(app, stream);
      const rejection = permit.whyNot(loaded.stream);
      if (rejection !== null) return rejectedReply(rejection);
      const around = { now: app.clock.now().toISOString(), incident: loaded.stream.incident };
      const lines = Object.values(loaded.stream.runs)
        .filter((run) => run.parent === null)
        .flatMap((run) => [
          `${run.document.runbook.title} · ${run.end?.status ?? 'running'}`,
          ...stepLines(run, around).map(
            (line) => `  ${line.title}${line.text === '' ? '' : `: ${line.text}`}`,
          ),
        ]);
      return lines.length === 0 ? noRun(app) : done(lines.join('\n'));
    }),

    stopRun: allowed(app, 'run.steer', async ({ origin, values }, permit) => {
      const stream = await streamHere(app, origin);
      if (stream === null) return noRun(app);
      const loaded = await load(app, stream);
      const rejection = permit.whyNot(loaded.stream);
      if (rejection !== null) return rejectedReply(rejection);
      const [run] = openRuns(loaded);
      if (run === undefined) return noRun(app);
      const reason = textOf(values['reason']).trim();
      if (reason === '') {
        return form({
          title: 'Stop the runbook',
          submit: 'Stop',
          fields: [
            textField('reason', 'Reason', { multiline: true, hint: 'Why does it stop here?' }),
          ],
        });
      }
      const at = app.clock.now().toISOString();
      const { actor } = permit;
      const command = { type: 'Stop' as const, at, actor, run: run.id, reason };
      return replyOf(await executeFor(app, permit, stream, () => [command], onceMark(origin)));
    }),
  };
}

async function incidentOf(app: App, { channel }: Origin): Promise<string> {
  return channel === null ? '' : textOf(await app.store.mark('channel', channel));
}

/** An input's name is a word, so this one is never an input's. */
const modeField = '@mode';

const modes = [
  { value: 'live', label: 'Live' },
  { value: 'dryRun', label: 'Dry run: reads are real, nothing is written' },
  { value: 'drill', label: 'Drill: only over connections marked for drills' },
];

function modeOf(value: Json | undefined): RunMode {
  return value === 'dryRun' || value === 'drill' ? value : 'live';
}

/** Nothing is live in a drill: it goes over connections that are marked for drills. */
function drillOf(incident: Incident | null, mode: RunMode): RunMode {
  return incident?.drill === true && mode === 'live' ? 'drill' : mode;
}

function startForm(
  { runbook }: RunbookDocument,
  defaults: Readonly<Record<string, Json>>,
  incident: Incident | null,
): Reply {
  const environment = incident?.environment ?? null;
  const initial: FormValues = { ...defaults, ...(environment !== null && { environment }) };
  return form({
    title: 'Start a runbook',
    submit: 'Start',
    text: runbook.title,
    fields: [
      ...Object.entries(runbook.inputs).map(([id, spec]) => {
        const value = initial[id];
        return inputField(id, value === undefined ? spec : { ...spec, default: value });
      }),
      selectField(modeField, 'Mode', modes, { initial: drillOf(incident, 'live') }),
    ],
  });
}

function inputField(id: string, spec: InputSpec): FormField {
  const base = {
    id,
    label: spec.title ?? labelOf(id),
    hint: spec.description ?? null,
    optional: spec.required === false,
    initial: spec.default ?? null,
  };
  if (spec.enum) {
    const options = spec.enum.map((one) => ({ value: text(one), label: text(one) }));
    return { ...base, type: 'select', options };
  }
  switch (spec.type) {
    case 'boolean':
      return { ...base, type: 'boolean' };
    case 'integer':
    case 'number':
      return { ...base, type: 'number', integer: spec.type === 'integer' };
    case 'array':
    case 'object':
      return {
        ...base,
        initial: spec.default === undefined ? null : text(spec.default),
        type: 'text',
        multiline: true,
        maxLength: 3_000,
      };
    default:
      return { ...base, type: 'text', multiline: false, maxLength: 2_000 };
  }
}

/** Lists and objects are typed as JSON, or a list of texts one a line. */
function inputsOf(
  { runbook }: RunbookDocument,
  values: FormValues,
): { inputs: Record<string, Json> } | { problem: string } {
  const inputs: Record<string, Json> = {};
  for (const [id, value] of Object.entries(values)) {
    const type = runbook.inputs[id]?.type;
    if (value === null || value === '') continue;
    if ((type !== 'array' && type !== 'object') || typeof value !== 'string') {
      inputs[id] = value;
      continue;
    }
    try {
      inputs[id] = JSON.parse(value);
    } catch {
      if (type === 'object') return { problem: `${id}: write it as JSON.` };
      inputs[id] = value
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    }
  }
  return { inputs };
}

function text(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function unknownRunbook(app: App, id: string): Reply {
  const ids = app.runbooks.all().map(({ runbook }) => runbook.id);
  const known = ids.length === 0 ? 'None is loaded.' : `Loaded: ${ids.join(', ')}.`;
  return refused('runbook.unknown', `There is no runbook ${id}. ${known}`);
}

function noRun(app: App): Reply {
  return refused(
    'place.no-run',
    `No runbook runs here. Start one with /${commandName(app, 'runbook')} start.`,
  );
}
