import { renderText } from '#domain/expressions/evaluate.ts';
import type { Scope } from '#domain/expressions/scope.ts';
import { bot } from '#domain/ids.ts';
import { emitResolved } from '#domain/incident/decide-end.ts';
import { textOf, textsOf, type JsonObject } from '#domain/json.ts';
import type { Turn } from '#domain/stream/turn.ts';

import { finish } from './finish.ts';
import { inputsOf } from './inputs-of-step.ts';
import type { StepVisit } from './state.ts';
import { rootOf, stopRuns } from './stop-runs.ts';
import { stepOf } from './structure.ts';

/**
 * Steps that tell: `notify` and `incident.*`. What they change is in this very stream, so they are
 * done with the events of the decision; only the declaration of a new incident needs the shell.
 */
export function tell(turn: Turn, runId: string, visit: StepVisit, scope: Scope): void {
  const run = turn.run(runId);
  const step = stepOf(run.document.runbook, visit.step);
  const { incident } = turn.stream();
  const done = (text: string, result: JsonObject = {}) =>
    finish(turn, runId, visit, {
      actor: bot,
      status: 'succeeded',
      outcome: 'succeeded',
      text,
      result,
    });
  const failed = (text: string) =>
    finish(turn, runId, visit, { actor: bot, status: 'failed', outcome: 'failed', text });

  const resolved = inputsOf(step, scope);
  if (!resolved.ok && step.uses !== 'notify' && step.uses !== 'incident.update') {
    return failed(resolved.error);
  }
  const inputs = resolved.ok ? resolved.value : {};
  const text = renderText(textOf(step.with['text']), scope);

  if (run.mode === 'dryRun' && step.uses !== 'incident.declare') {
    return done(`Shown only: ${text === '' ? step.uses : text}`);
  }
  switch (step.uses) {
    case 'notify': {
      const to = textsOf(step.with['to']).map((one) => renderText(one, scope));
      turn.emit({ type: 'Told', run: runId, step: visit.step, visit: visit.visit, to, text });
      return done(`Told ${to.join(', ')}`, { posted: to });
    }
    case 'incident.severity': {
      if (incident === null) return failed('There is no incident whose severity could change.');
      const severity = textOf(inputs['severity']);
      if (!Object.hasOwn(turn.settings.incident.severities, severity)) {
        return failed(`There is no severity ${severity}.`);
      }
      if (severity !== incident.severity) {
        turn.emit({ type: 'SeverityChanged', from: incident.severity, to: severity });
      }
      return done(`Severity is ${severity}`, { incident: incident.id });
    }
    case 'incident.update': {
      if (incident === null) return failed('There is no incident to send an update about.');
      turn.emit({ type: 'UpdatePosted', texts: { text } });
      return done('Update sent', { incident: incident.id });
    }
    case 'incident.declare': {
      if (incident !== null) return done(`Already in ${incident.id}`, { incident: incident.id });
      // Outside of an incident the shell declares one, in a stream of its own; see `dueEffects`.
      if (run.mode === 'dryRun') return done('Shown only: an incident would be declared');
      return;
    }
    case 'incident.resolve':
      return resolveIncident(turn, runId, visit, {
        cause: renderText(textOf(step.with['cause']), scope),
        followUps: textsOf(step.with['followUps']).map((one) => renderText(one, scope)),
      });
    default:
      return failed(`This version can't do ${step.uses}.`);
  }
}

export function resolveIncident(
  turn: Turn,
  runId: string,
  visit: StepVisit,
  { cause, followUps }: { cause: string; followUps: readonly string[] },
): void {
  const { incident } = turn.stream();
  if (incident?.status === 'open') {
    emitResolved(turn, { cause, followUps });
    stopRuns(turn, 'The incident was resolved.', rootOf(turn, runId));
  }
  finish(turn, runId, visit, {
    status: 'succeeded',
    outcome: 'succeeded',
    text: incident === null ? 'No incident to resolve' : 'Incident resolved',
    ...(incident && { result: { incident: incident.id } }),
  });
}
