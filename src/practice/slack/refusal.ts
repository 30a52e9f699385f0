/**
 * The workspace says no, in Slack's words: thrown where it is noticed, and turned into
 * `{ok: false, error}` at the edge. `details` go beside the error as they are.
 */
export class Refusal extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, details: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}

/** A refusal that explains itself in `response_metadata.messages`, as Slack does for arguments. */
export function refusalWithMessages(code: string, messages: readonly string[]): Refusal {
  return new Refusal(code, { response_metadata: { messages } });
}
