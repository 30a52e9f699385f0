import pino from 'pino';

import type { Log } from '#ports/log.ts';
import { PortError } from '#ports/port-error.ts';

/** JSON lines on stderr; every known secret is scrubbed from them by its value. */
export function createLog(options: { level: string; scrub: (text: string) => string }): Log {
  const stderr = pino.destination({ dest: 2, sync: true });
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: facts, err: facts },
    },
    { write: (line: string) => stderr.write(options.scrub(line)) },
  );
}

/** What an adapter could not do is known by its code; only a fault of ours needs a stack. */
function facts(error: unknown): unknown {
  if (error instanceof PortError) {
    const { code, message, retry, cause } = error;
    return { code, message, retry, ...(cause instanceof Error && { cause: cause.message }) };
  }
  return error instanceof Error ? pino.stdSerializers.err(error) : error;
}
