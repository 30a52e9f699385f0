/**
 * A command that was refused: not in this state, or not by this person. Data, not an exception.
 * `code` is public, documented and never reused; `message` is a sentence for the person who asked.
 */
export type Rejection = { code: string; message: string };
