/** Who did something. A person's id is the chat product's; the bot and alert sources act in their own name. */
export type Actor = { kind: 'person' | 'bot' | 'alert'; id: string; name: string };

export const bot: Actor = { kind: 'bot', id: 'handrail', name: 'Handrail' };

export function samePerson(one: Actor, other: Actor): boolean {
  return one.kind === 'person' && other.kind === 'person' && one.id === other.id;
}
