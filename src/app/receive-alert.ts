import type { AlertNotification } from '#domain/alert.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import { resolveTemplates } from '#domain/expressions/evaluate.ts';
import type { MachineActor } from '#domain/ids.ts';
import { objectOf, textOf } from '#domain/json.ts';
import { labelsMatch } from '#domain/labels-match.ts';
import type { Rejection } from '#domain/rejection.ts';
import { resolveInputs } from '#domain/run/inputs.ts';
import type { AlertPolicy } from '#domain/runbook/settings.ts';
import type { Stream } from '#domain/stream/stream.ts';
import type { Mark } from '#ports/event-store.ts';
import { PortError } from '#ports/port-error.ts';

import type { App } from './app.ts';
import { newIncidentId } from './declare.ts';
import { execute, type Executed, type MachineCommand } from './execute.ts';
import { mergedInto } from './merged-into.ts';
import { startCommand } from './start-runbook.ts';
import { createTogether } from './together.ts';

/** An alert that fires again within this time after the resolution belongs to the same incident. */
const reuseWithinMs = 30 * 60_000;

const longestGroup = 500;

/** Different notifications of one group at once are rare; a chain this long is our bug. */
const mostTries = 10;

/**
 * Takes notifications in: a new group declares (or suggests) an incident and starts the runbooks it
 * triggers, a known one is added to its incident. Redelivered notifications change nothing. An
 * incident is claimed for its group by a mark that names the incident before it, so that of two
 * replicas one declares and the other adds. What comes of one group at a time, in a storm, is recorded
 * together.
 */
export function createReceiveAlert(app: App): (notification: AlertNotification) => Promise<void> {
  const receive = createTogether<AlertNotification>((group, all) => receiveAll(app, group, all));
  return (notification) => receive(notification.group, notification);
}

async function receiveAll(
  app: App,
  group: string,
  notifications: readonly AlertNotification[],
): Promise<void> {
  let left = notifications;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const [first] = left;
    if (first === undefined) return;
    const current = textOf(await app.store.mark('alert-current', markOf(app, group)));
    const known = current === '' ? null : (await mergedInto(app, current)).loaded.stream;
    const added = left.filter((one) => known !== null && belongsTo(app, known, one));
    if (known !== null && added.length > 0) await addTo(app, known.id, added);
    const declared =
      added.length === 0 && (await declareFor(app, current, first)) ? [first] : added;
    if (declared.length > 0) tries = -1;
    left = left.filter((one) => !declared.includes(one));
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

async function addTo(
  app: App,
  id: string,
  notifications: readonly AlertNotification[],
): Promise<void> {
  const fresh = new Map<string, AlertNotification>();
  for (const one of notifications) {
    const { scope, key } = contentMark(app, id, one);
    if ((await app.store.mark(scope, key)) === null) fresh.set(key, one);
  }
  const all = [...fresh.values()];
  if (all.length === 0) return;
  const executed = await record(app, id, all);
  // Another replica has recorded one of them meanwhile, and nothing was: which, each is asked alone.
  if (executed.kind === 'duplicate' && all.length > 1) {
    for (const one of all) await record(app, id, [one]);
  }
}

async function record(
  app: App,
  id: string,
  notifications: readonly AlertNotification[],
): Promise<Executed> {
  const at = app.clock.now().toISOString();
  const executed = await execute(
    app,
    id,
    (stream) => {
      let over = stream.incident?.status === 'resolved';
      return notifications.flatMap((notification): MachineCommand[] => {
        const { group, status, alerts } = notification;
        const actor = actorOf(notification);
        const report = { type: 'ReportAlert' as const, at, actor, group, status, alerts };
        if (!over || status !== 'firing') return [report];
        over = false;
        return [{ type: 'Reopen', at, actor, reason: 'The alert fires again.' }, report];
      });
    },
    notifications.map((one) => contentMark(app, id, one)),
  );
  if (executed.kind === 'rejected') throw refusedFor(executed.rejection);
  return executed;
}

/** Nobody waits for a reason here: sent again, it finds other settings, or another incident. */
function refusedFor({ message }: Rejection): PortError {
  return new PortError('alerts.refused', `An alert can't be recorded: ${message}`, { retry: true });
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
  const group = markOf(app, notification.group);
  const claim: Mark = { scope: 'alert-group', key: `${group}|${previous}`, value: id };
  const executed = await execute(
    app,
    id,
    (stream) => (stream.incident === null ? declaration(app, id, policy, notification) : []),
    [claim, contentMark(app, id, notification)],
  );
  if (executed.kind === 'rejected') throw refusedFor(executed.rejection);
  // The claim is on record; the pointer only says where its chain ends now.
  const winner = executed.kind === 'duplicate' ? textOf(executed.mark.value) : id;
  await app.store.setMark({ scope: 'alert-current', key: group, value: winner });
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
  const names = [notification.annotations['summary'], alerts[0]?.annotations['summary']];
  const title = [...names, labels['alertname']].find((one) => one?.trim()) ?? 'Alert';
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

/** The runbooks that the alert triggers, each once; one that can't be started says so on the incident. */
function starts(
  app: App,
  actor: MachineActor,
  labels: Readonly<Record<string, string>>,
): MachineCommand[] {
  return app.runbooks.all().flatMap((document): MachineCommand[] => {
    const { id, title, triggers } = document.runbook;
    const trigger = triggers.find((one) => one.kind === 'alert' && labelsMatch(one.alert, labels));
    if (trigger?.kind !== 'alert') return [];
    const scope = { inputs: {}, inputSpecs: {}, steps: {}, alert: { labels } };
    const given = resolveTemplates(trigger.inputs, scope);
    const start = startCommand(app, document, {
      by: actor,
      inputs: given.ok ? objectOf(given.value) : {},
      mode: 'live',
      alert: labels,
      waits: trigger.start === 'person',
    });
    const inputs = given.ok ? resolveInputs(document.runbook, start.inputs) : given;
    if (inputs.ok) return [start];
    const message = `The alert did not start ${title}: ${inputs.error}. Start it by hand.`;
    return [{ type: 'NoteProblem', at: start.at, actor, key: `trigger:${id}`, message }];
  });
}

/** A group's name may be longer than an index has room for. */
function markOf(app: App, group: string): string {
  return group.length <= longestGroup ? group : app.sha256(group);
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
