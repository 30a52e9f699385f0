import { samePerson, type Actor } from '#domain/ids.ts';
import type { Settings } from '#domain/runbook/settings.ts';

import type { Incident } from './state.ts';

/** A private incident is seen by who declared it, who has a role in it, and who joined or was invited. */
export function letsIn(
  incident: Incident,
  person: Actor,
  identities: Settings['identities'],
): boolean {
  if (!incident.private) return true;
  const { declaredBy, roles, people } = incident;
  const named = [declaredBy, ...Object.values(roles)];
  const invited = people.map((id): Actor => ({ kind: 'person', id, name: '' }));
  return [...named, ...invited].some((one) => samePerson(one, person, identities));
}
