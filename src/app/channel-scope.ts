import type { Incident } from '#domain/incident/state.ts';

/** What the patterns of the settings may name of an incident. */
export function channelScope({ id, title, declaredAt, severity }: Incident) {
  const slug = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, '');
  return {
    inputs: {},
    inputSpecs: {},
    steps: {},
    incident: { id, slug, date: declaredAt.slice(0, 10), severity },
  };
}
