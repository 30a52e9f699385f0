/** An adapter could not keep its port's promise. `retry` says whether the same call may succeed later. */
export class PortError extends Error {
  override readonly name = 'PortError';
  readonly code: string;
  readonly retry: boolean;

  constructor(code: string, message: string, options: { retry: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retry = options.retry;
  }
}
