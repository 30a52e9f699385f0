import type { App } from '#app/app.ts';
import { authorise } from '#app/authorise.ts';
import { drawButtons, type KnownButtons } from '#app/controls.ts';
import { drawingOf } from '#app/drawing-of.ts';
import { load, type Loaded } from '#app/load.ts';
import { membersOf } from '#app/members-of.ts';
import type { Drawing } from '#app/read-models/drawing.ts';
import { homeOf } from '#app/read-models/home.ts';
import { runbookList } from '#app/read-models/runbook-list.ts';
import { textOf } from '#domain/json.ts';
import type { PersonRef, RunbookList } from '#ports/chat-messages.ts';
import type { Task } from '#ports/jobs.ts';
import { PortError } from '#ports/port-error.ts';

import { lastCheck } from './last-check.ts';
import { openedLately } from './opened.ts';

const mostOpen = 50;
const mostResolved = 20;

/** A stream with what it takes to draw it; its buttons are kept before they are shown. */
type Place = { loaded: Loaded; drawing: Drawing; save: () => Promise<void> };
type Around = { open: readonly Place[]; resolved: readonly Place[]; runbooks: RunbookList };

/**
 * Draws the home of one person, or of all who have opened theirs lately. It can run at any time and
 * any number of times: what is shown already is not sent again.
 */
export function showHomes(app: App): Task {
  const known: KnownButtons = new Map();
  return async (payload, signal) => {
    const one = textOf(payload['person']);
    const lately = Object.entries(await openedLately(app));
    const people: PersonRef[] =
      one === ''
        ? lately.map(([id, { name }]) => ({ id, name }))
        : [{ id: one, name: textOf(payload['name']) }];
    if (people.length === 0) return;

    const around = await lookAround(app, known);
    for (const { save } of [...around.open, ...around.resolved]) await save();
    for (const person of people) {
      signal.throwIfAborted();
      try {
        await showHome(app, person, around, { always: one !== '' });
      } catch (error) {
        if (!(error instanceof PortError)) throw error;
        app.log.warn({ error, person: person.id }, 'a home could not be shown');
      }
    }
  };
}

async function lookAround(app: App, known: KnownButtons): Promise<Around> {
  const open = await app.store.streams({ prefix: '', open: true, limit: mostOpen });
  const resolved = await app.store.streams({ prefix: 'inc-', open: false, limit: mostResolved });
  return {
    open: await Promise.all(open.map((id) => placeOf(app, id, known))),
    resolved: await Promise.all(resolved.map((id) => placeOf(app, id, known))),
    runbooks: await runbookList(app),
  };
}

async function placeOf(app: App, id: string, known: KnownButtons): Promise<Place> {
  const loaded = await load(app, id);
  const buttons = drawButtons(app, id, known);
  const drawing = drawingOf(app, loaded, {
    members: await membersOf(app, loaded, 'main'),
    button: (asked) => buttons.button(asked),
    asked: () => [],
    picture: () => null,
  });
  return { loaded, drawing, save: () => buttons.save() };
}

async function showHome(
  app: App,
  person: PersonRef,
  around: Around,
  { always }: { always: boolean },
): Promise<void> {
  const permit = await authorise(app, person, 'home.look');
  if (permit.kind === 'refused') return;
  const { admin: isAdmin = false } = await app.directory.person(person.id);
  const seen = (places: readonly Place[]) =>
    places.filter(({ loaded }) => permit.whyNot(loaded.stream) === null);
  const home = homeOf({
    person,
    open: seen(around.open).map(({ drawing }) => drawing),
    resolved: seen(around.resolved).map(({ drawing }) => drawing),
    runbooks: around.runbooks,
    selfCheck: isAdmin ? { last: await lastCheck(app) } : null,
  });
  const digest = app.sha256(JSON.stringify(home));
  const mark = { scope: 'home-shown', key: person.id };
  if (!always && textOf(await app.store.mark(mark.scope, mark.key)) === digest) return;
  await app.chat.showHome(person.id, home, app.clock.now().toISOString());
  await app.store.setMark({ ...mark, value: digest });
}
