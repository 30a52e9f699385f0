import { type JsonObject, objectOf } from '#domain/json.ts';

import { kindOf } from './kind-of.ts';
import type { RunbookFile, StepFile } from './runbook-file.ts';
import type { Runbook, Step, Trigger } from './runbook.ts';
import { thresholdToCel, thresholdUnit } from './threshold.ts';

/**
 * Fills in what an author may leave out. A `repeat` that names no check of the file which repeats
 * nothing itself has no kind; the reader refuses it.
 */
export function regularRunbook(file: RunbookFile): Runbook {
  return {
    id: file.id,
    title: file.title,
    service: file.service,
    owner: file.owner,
    links: file.links ?? {},
    reviewed: file.reviewed ?? null,
    review: file.review ?? null,
    triggers: (file.triggers ?? []).map(regularTrigger),
    inputs: file.inputs ?? {},
    steps: file.steps.map((step) => regularStep(step, file.steps)),
  };
}

function regularTrigger(trigger: NonNullable<RunbookFile['triggers']>[number]): Trigger {
  const { alert, schedule, inputs = {}, start } = trigger;
  if (schedule !== undefined) {
    const { cron, timezone = 'UTC', mode = 'live' } = schedule;
    return { kind: 'schedule', cron, timezone, mode, inputs };
  }
  return {
    kind: 'alert',
    alert: alert ?? {},
    inputs,
    start: start ?? 'checks',
  };
}

function regularStep(written: StepFile, all: readonly StepFile[]): Step {
  const original = all.find((step) => step.id === written.repeat);
  const source = original ?? written;
  const uses = source.uses ?? '';
  return {
    id: written.id,
    title: written.title ?? source.title ?? written.id,
    why: written.why ?? null,
    uses,
    repeats: original === undefined ? null : original.id,
    if: written.if ?? null,
    with: source.with ?? {},
    ...orderOf(source.with ?? {}),
    ...(uses === 'check.metric' && unitOf(source)),
    pass: predicate(source.pass, uses),
    fail: predicate(source.fail, uses),
    noData: source.noData ?? 'inconclusive',
    finding: written.finding ?? source.finding ?? {},
    outputs: written.outputs ?? source.outputs ?? {},
    timeout: written.timeout ?? source.timeout ?? null,
    retry: regularRetry(written.retry ?? source.retry, uses),
    watch: regularWatch(written.watch),
    foreach: regularForeach(written.foreach),
    steps: (written.steps ?? []).map((step) => regularStep(step, [])),
    approval: regularApproval(written.approval),
    fallback: written.fallback ?? null,
    next: written.next ?? {},
  };
}

function orderOf({ options, fields }: JsonObject): Pick<Step, 'order'> {
  const order = Object.keys(objectOf(options ?? fields));
  return order.length === 0 ? {} : { order };
}

function unitOf({ pass = '', fail = '' }: StepFile): Pick<Step, 'unit'> {
  const unit = thresholdUnit(fail) ?? thresholdUnit(pass);
  return unit === null ? {} : { unit };
}

function predicate(text: string | undefined, uses: string): string | null {
  return text === undefined ? null : (thresholdToCel(text, uses) ?? text);
}

function regularRetry(retry: StepFile['retry'], uses: string): Step['retry'] {
  if (retry === undefined) return null;
  const { attempts = kindOf(uses)?.role === 'write' ? 1 : 3, backoff = '1s' } = retry;
  return { attempts, backoff };
}

function regularWatch(watch: StepFile['watch']): Step['watch'] {
  if (watch === undefined) return null;
  const { every = '10s', hold = '0s', giveUpAfter, giveUpWhen = null } = watch;
  return { every, hold, giveUpAfter, giveUpWhen };
}

function regularForeach(foreach: StepFile['foreach']): Step['foreach'] {
  const [entry] = Object.entries(foreach ?? {});
  return entry === undefined ? null : { name: entry[0], list: entry[1] };
}

function regularApproval(approval: StepFile['approval']): Step['approval'] {
  if (approval === undefined) return null;
  return { required: approval.required ?? null, groups: approval.groups ?? null };
}
