import type { PersonRef } from './chat-messages.ts';

/** A personal token as it is kept: never the token itself, only its hash. */
export type KeptToken = { person: PersonRef; hash: string; expiresAt: string };

/** Who a person is where no chat can vouch for it. A person has one token. */
export interface Tokens {
  /** The person's token from now on; the one before it is no longer known. */
  keep(token: KeptToken): Promise<void>;
  find(hash: string): Promise<KeptToken | null>;
  /** False when the person had none. */
  revoke(person: string): Promise<boolean>;
}
