import type { OutboundFailure } from '#ports/outbound.ts';

/** Carries a failure out of the depth of an attempt; never leaves this folder. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError';
  readonly failure: OutboundFailure;

  constructor(failure: OutboundFailure, cause?: unknown) {
    super(failure.message, { cause });
    this.failure = failure;
  }
}

/** The gate says no: another attempt would be refused as well. */
export function refusal(code: string, message: string): OutboundError {
  return new OutboundError({ fault: 'ours', code, message, retry: false, sent: false });
}
