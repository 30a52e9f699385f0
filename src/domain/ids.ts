/** Who did something. A person's id is the chat product's; the bot and alert sources act in their own name. */
export type Actor = { kind: 'person' | 'bot' | 'alert'; id: string; name: string };

export type PersonActor = Actor & { kind: 'person' };
/** Whoever acts by rules instead of rights: the bot itself, or a source of alerts. */
export type MachineActor = Actor & { kind: 'bot' | 'alert' };

export const bot: MachineActor = { kind: 'bot', id: 'handrail', name: 'Handrail' };

/** Name of a person to the ids of all their accounts. */
export type Identities = Readonly<Record<string, readonly string[]>>;

/** Whether the two are one person, under whichever of their accounts. */
export function samePerson(one: Actor, other: Actor, identities: Identities): boolean {
  if (one.kind !== 'person' || other.kind !== 'person') return false;
  if (one.id === other.id) return true;
  return Object.values(identities).some((ids) => ids.includes(one.id) && ids.includes(other.id));
}
