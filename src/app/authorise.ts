import type { Action } from '#domain/authorisation/policies.ts';
import { groupsThatCount, whyNot, type Thing } from '#domain/authorisation/why-not.ts';
import type { Actor, PersonActor } from '#domain/ids.ts';
import type { Rejection } from '#domain/rejection.ts';
import type { ApprovalRequest } from '#domain/run/state.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { Stream } from '#domain/stream/stream.ts';
import type { PersonRef } from '#ports/chat-messages.ts';
import { PortError } from '#ports/port-error.ts';

import type { App } from './app.ts';
import { refused } from './reply.ts';
import type { Refused } from './use-cases.ts';

const unanswered = 'person.unknown';

/**
 * That a person may do one thing, as of the moment that they asked. It is good for what they asked and is
 * not kept. Only with one can anything be recorded in a person's name; see `executeFor`.
 */
export type Permit = {
  kind: 'permit';
  action: Action;
  actor: PersonActor;
  /** Those of the groups that count for this action that they are in now. */
  groups: readonly string[];
  /** Why it does not hold for what this stream is about, as it is now. */
  whyNot(stream: Stream): Rejection | null;
  /** A refusal in the words that its person is to read: with what could not be asked now. */
  worded(rejection: Rejection): Rejection;
  /** The same, where it matters who wrote what is acted on. */
  about(authors: readonly Actor[]): Permit;
};

/**
 * Whether this person may do that now: everyone who acts, at whatever entrance, is asked for here, at the
 * moment of the act. What depends on the thing that is acted on, `whyNot` of the permit answers.
 * `request`: the one that is approved, rejected or gone ahead of.
 */
export async function authorise(
  app: App,
  by: PersonRef,
  action: Action,
  request: ApprovalRequest | null = null,
): Promise<Permit | Refused> {
  const permit = await permitFor(app, by, action, request);
  if (permit.kind === 'refused') {
    app.log.warn({ person: by.id, action, code: permit.code }, 'an act was refused');
  }
  return permit;
}

/** For what is asked by nobody who waits: it is left undone where that is final, and else fails, to be done later. */
export function laterIfUnknown({ code, message }: Refused): void {
  if (code === unanswered) throw new PortError(code, message, { retry: true });
}

async function permitFor(
  app: App,
  by: PersonRef,
  action: Action,
  request: ApprovalRequest | null,
): Promise<Permit | Refused> {
  const person = await app.directory.person(by.id);
  if (person.unanswered === true) {
    return refused(unanswered, 'We could not look you up just now; try again.');
  }
  if (!person.active) {
    return refused(
      'person.not-active',
      'Your account may not act here: it is a guest, of another company, a bot or switched off.',
    );
  }
  const settings = app.runbooks.settings();
  const counting = groupsThatCount(action, settings, request);
  const groups = await app.directory.groupsOf(person.id, counting);
  const actor: PersonActor = { kind: 'person', id: person.id, name: by.name };
  const admin = person.admin === true;
  const worded = (rejection: Rejection) => withUnread(rejection, app.directory.unread());
  const whyNotFor = (thing: Thing | null, now: Settings): Rejection | null => {
    const rejection = whyNot(action, { actor, groups, admin }, thing, now);
    return rejection === null ? null : worded(rejection);
  };
  const rejection = whyNotFor(null, settings);
  if (rejection !== null) return refused(rejection.code, rejection.message);

  const permit = (authors: readonly Actor[]): Permit => ({
    kind: 'permit',
    action,
    actor,
    groups,
    whyNot: (stream) => whyNotFor({ stream, authors }, app.runbooks.settings()),
    worded,
    about: permit,
  });
  return permit([]);
}

const forWantOfGroup = new Set(['person.not-permitted', 'entry.not-yours', 'run.not-in-group']);

/** Whoever is a member is not to believe that they are none, because chat did not say so. */
function withUnread(rejection: Rejection, unread: readonly string[]): Rejection {
  if (!forWantOfGroup.has(rejection.code)) return rejection;
  const missing = unread.filter((group) => rejection.message.includes(group));
  if (missing.length === 0) return rejection;
  const why = `Who is in ${missing.join(' and ')} could not be asked just now; try again.`;
  return { ...rejection, message: `${rejection.message} ${why}` };
}
