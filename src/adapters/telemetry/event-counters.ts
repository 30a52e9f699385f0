import { Counter, type Registry } from 'prom-client';

import type { JsonObject } from '#domain/json.ts';
import { StoredEvent } from '#domain/stream/stored-event.ts';
import type { StreamEvent } from '#domain/stream/stream.ts';

/** Counts what happened, from the events that were appended. */
export function createEventCounters(registry: Registry) {
  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name: `handrail_${name}_total`, help, labelNames, registers: [registry] });

  const declared = counter('incidents_declared', 'Incidents that were declared.', ['severity']);
  const resolved = counter('incidents_resolved', 'Incidents that were resolved.', []);
  const started = counter('runs_started', 'Runs that were started.', ['runbook', 'mode']);
  const ended = counter('runs_ended', 'Runs that ended.', ['status', 'verdict']);
  const finished = counter('steps_finished', 'Steps that finished.', ['status', 'verdict']);
  const approvals = counter('approvals', 'What people answered to plans.', ['answer']);
  const writes = counter('writes_started', 'Attempts of a write that may have been sent.', []);
  const escalations = counter('escalations', 'Times that nobody answered in time.', []);

  function count(event: StreamEvent): void {
    switch (event.type) {
      case 'IncidentDeclared':
        if (event.declared) declared.inc({ severity: event.severity });
        return;
      case 'IncidentResolved':
        return resolved.inc();
      case 'RunStarted':
        return started.inc({ runbook: event.document.runbook.id, mode: event.mode });
      case 'RunEnded':
        return ended.inc({ status: event.status, verdict: event.verdict });
      case 'StepFinished':
        return finished.inc({ status: event.status, verdict: event.verdict ?? 'none' });
      case 'Approved':
      case 'Rejected':
      case 'GlassBroken':
        return approvals.inc({ answer: event.type });
      case 'WriteStarted':
        return writes.inc();
      case 'Escalated':
        return escalations.inc();
      default:
    }
  }

  return (events: readonly JsonObject[]): void => {
    for (const event of events) {
      const read = StoredEvent.safeParse(event);
      if (read.success) count(read.data);
    }
  };
}
