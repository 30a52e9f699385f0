import type { Permit } from '#app/authorise.ts';
import type { PersonRef } from '#ports/chat-messages.ts';

/** A permit that nobody was asked for: to bring a stream to where a test begins. */
export function permitOf({ id, name }: PersonRef): Permit {
  const permit: Permit = {
    kind: 'permit',
    action: 'run.steer',
    actor: { kind: 'person', id, name },
    groups: [],
    whyNot: () => null,
    worded: (rejection) => rejection,
    about: () => permit,
  };
  return permit;
}
