import type { AlertNotification } from '#domain/alert.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import { resolveTemplates } from '#domain/expressions/evaluate.ts';
import type { MachineActor } from '#domain/ids.ts';
import { objectOf, textOf } from '#domain/json.ts';
import { labelsMatch } from '#domain/labels-match.ts';
import type { AlertPolicy } from '#domain/runbook/settings.ts';
import type { Stream } from '#domain/stream/stream.ts';
import type { Mark } from '#ports/event-store.ts';
import { PortError } from '#ports/port-error.ts';

import type { App } from './app.ts';
import { newIncidentId } from './declare.ts';
import { execute, type MachineCommand } from './execute.ts';
import { mergedInto } from './merged-into.ts';
import { startCommand } from './start-runbook.ts';

/** An alert that fires again within this time after the resolution belongs to the same incident. */
const reuseWithinMs = 30 * 60_000;

/** Different notifications of one group at once are rare; a chain this long is our bug. */
const mostTries = 10;

/**
 * Takes a notification in: a new group declares (or suggests) an incident and starts the runbooks it
 * triggers, a known one is added to its incident. Redelivered notifications change nothing. An
 * incident is claimed for its group by a mark that names the incident before it, so that of two
 * replicas one declares and the other adds.
 */
export async function receiveAlert(app: App, notification: AlertNotification): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const current = textOf(await app.store.mark('alert-current', notification.group));
    const known = current === '' ? null : (await mergedInto(app, current)).loaded.stream;
    const received =
      known !== null && belongsTo(app, known, notification)
        ? await addTo(app, known, notification)
        : await declareFor(app, current, notification);
    if (received) return;
  }
  throw new PortError('alerts.contended', 'the alert group changed under every try', {
    retry: true,
  });
}

function belongsTo(app: App, stream: Stream, notification: AlertNotification): boolean {
  const { incident } = stream;
  if (incident === null || incident.archive?.done === true) return false;
  if (incident.status === 'open' || incident.status === 'suggested') return true;
  if (notification.status === 'resolved') return true;
  const over = incident.resolvedAt ?? incident.answered?.at ?? incident.declaredAt;
  return app.clock.now().getTime() - Date.parse(over) < reuseWithinMs;
}

async function addTo(app: App, known: Stream, notification: AlertNotification): Promise<boolean> {
  const at = app.clock.now().toISOString();
  const actor = actorOf(notification);
  await execute(
    app,
    known.id,
    (stream): MachineCommand[] => {
      const again = notification.status === 'firing' && stream.incident?.status === 'resolved';
      const { group, status, alerts } = notification;
      return [
        ...(again
          ? [{ type: 'Reopen' as const, at, actor, reason: 'The alert fires again.' }]
          : []),
        { type: 'ReportAlert', at, actor, group, status, alerts },
      ];
    },
    [contentMark(app, known.id, notification)],
  );
  return true;
}

async function declareFor(
  app: App,
  previous: string,
  notification: AlertNotification,
): Promise<boolean> {
  const settings = app.runbooks.settings();
  const policy = settings.alerts.find((one) => labelsMatch(one.match, notification.labels));
  if (notification.status === 'resolved') return true;
  if (policy === undefined) {
    app.log.info({ group: notification.group }, 'an alert matches no policy of the settings');
    return true;
  }
  const id = newIncidentId(app);
  const claim: Mark = { scope: 'alert-group', key: `${notification.group}|${previous}`, value: id };
  const executed = await execute(
    app,
    id,
    (stream) => (stream.incident === null ? declaration(app, id, policy, notification) : []),
    [claim, contentMark(app, id, notification)],
  );
  if (executed.kind === 'rejected') {
    app.log.error(
      { group: notification.group, ...executed.rejection },
      'an alert could not be declared',
    );
    return true;
  }
  // The claim is on record; the pointer only says where its chain ends now.
  const winner = executed.kind === 'duplicate' ? textOf(executed.mark.value) : id;
  await app.store.setMark({ scope: 'alert-current', key: notification.group, value: winner });
  return executed.kind === 'done';
}

function declaration(
  app: App,
  id: string,
  policy: AlertPolicy,
  notification: AlertNotification,
): MachineCommand[] {
  const { labels, group, alerts, status } = notification;
  const at = app.clock.now().toISOString();
  const actor = actorOf(notification);
  const startedAt = alerts.map((alert) => alert.startsAt).toSorted()[0] ?? at;
  const title =
    notification.annotations['summary'] ??
    alerts[0]?.annotations['summary'] ??
    labels['alertname'] ??
    'Alert';
  const declare: MachineCommand = {
    type: 'Declare',
    at,
    actor,
    incident: id,
    title,
    severity: policy.severity,
    service: labels['service'] ?? null,
    environment: labels['environment'] ?? null,
    drill: false,
    declared: policy.declare === 'auto',
    startedAt,
    alert: { group, labels },
  };
  return [
    declare,
    { type: 'ReportAlert', at, actor, group, status, alerts },
    ...starts(app, actor, labels),
  ];
}

/** The runbooks that the alert triggers, each once. */
function starts(
  app: App,
  actor: MachineActor,
  labels: Readonly<Record<string, string>>,
): MachineCommand[] {
  return app.runbooks.all().flatMap((document): MachineCommand[] => {
    const trigger = document.runbook.triggers.find(
      (one) => one.kind === 'alert' && labelsMatch(one.alert, labels),
    );
    if (trigger?.kind !== 'alert') return [];
    const scope = { inputs: {}, inputSpecs: {}, steps: {}, alert: { labels } };
    const inputs = resolveTemplates(trigger.inputs, scope);
    if (!inputs.ok) {
      app.log.warn(
        { runbook: document.runbook.id, error: inputs.error },
        'a trigger has bad inputs',
      );
      return [];
    }
    return [
      startCommand(app, document, {
        by: actor,
        inputs: objectOf(inputs.value),
        mode: 'live',
        alert: labels,
        waits: trigger.start === 'person',
      }),
    ];
  });
}

/** Redelivery is told by content, not by a delivery's id: sources send the same again and again. */
function contentMark(app: App, stream: string, notification: AlertNotification): Mark {
  const { group, status, alerts } = notification;
  const content = alerts.map(({ fingerprint, status: each, startsAt, endsAt }) => ({
    fingerprint,
    status: each,
    startsAt,
    endsAt,
  }));
  const key = app.sha256(canonicalJson({ stream, group, status, alerts: content }));
  return { scope: 'alert', key, value: true };
}

const sourceNames = {
  alertmanager: 'Alertmanager',
  grafana: 'Grafana',
  pagerduty: 'PagerDuty',
} as const satisfies Readonly<Record<AlertNotification['source'], string>>;

function actorOf(notification: AlertNotification): MachineActor {
  const { source } = notification;
  return { kind: 'alert', id: source, name: sourceNames[source] };
}
