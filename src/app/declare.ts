import type { PersonActor } from '#domain/ids.ts';
import type { IncidentCommand } from '#domain/incident/commands.ts';
import type { Mark } from '#ports/event-store.ts';

import type { App } from './app.ts';
import type { Permit } from './authorise.ts';
import { executeFor, type Executed } from './execute.ts';

export type Declaration = Omit<
  Extract<IncidentCommand, { type: 'Declare' }>,
  'type' | 'incident' | 'actor'
>;

/** Declares an incident in a stream of its own, whose id is the incident's. */
export async function declare(
  app: App,
  permit: Permit,
  id: string,
  declaration: Declaration,
  marks: readonly Mark[] = [],
): Promise<Executed> {
  const { actor } = permit;
  const command = { ...declaration, type: 'Declare' as const, actor, incident: id };
  return executeFor(app, permit, id, () => [command], marks);
}

export function newIncidentId(app: App): string {
  return app.ids.incident(app.clock.now());
}

/** Names a person in the record; who acts is named by their permit. */
export function asPerson(by: { id: string; name: string }): PersonActor {
  return { kind: 'person', id: by.id, name: by.name };
}
