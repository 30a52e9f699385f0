import type { Actor } from '#domain/ids.ts';
import type { IncidentCommand } from '#domain/incident/commands.ts';
import type { Mark } from '#ports/event-store.ts';

import type { App } from './app.ts';
import { execute, type Executed } from './execute.ts';

export type Declaration = Omit<Extract<IncidentCommand, { type: 'Declare' }>, 'type' | 'incident'>;

/** Declares an incident in a stream of its own, whose id is the incident's. */
export async function declare(
  app: App,
  id: string,
  declaration: Declaration,
  marks: readonly Mark[] = [],
): Promise<Executed> {
  return execute(app, id, () => [{ ...declaration, type: 'Declare', incident: id }], marks);
}

export function newIncidentId(app: App): string {
  return app.ids.incident(app.clock.now());
}

export function asPerson(by: { id: string; name: string }): Actor {
  return { kind: 'person', id: by.id, name: by.name };
}
