import type { PersonRef } from '#ports/chat-messages.ts';
import { PortError } from '#ports/port-error.ts';

import type { App } from './app.ts';
import { refused } from './reply.ts';
import type { Reply } from './use-cases.ts';

/**
 * Who may act at all: a person who is known and active, asked at the moment of the act. What needs
 * more than that (approvals, breaking the glass) is decided with the groups the person is in now.
 */
export async function authorise(app: App, by: PersonRef): Promise<Reply | null> {
  try {
    const person = await app.directory.person(by.id);
    return person.active
      ? null
      : refused(
          'person.not-active',
          'Your account may not act here: it is a guest, a bot or switched off.',
        );
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    app.log.warn({ error, person: by.id }, 'a person could not be looked up');
    return refused('person.unknown', 'We could not look you up just now; try again.');
  }
}
