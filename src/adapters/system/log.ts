import pino from 'pino';

import type { Log } from '#ports/log.ts';

/** JSON lines on stderr; every known secret is scrubbed from them by its value. */
export function createLog(options: { level: string; scrub: (text: string) => string }): Log {
  const stderr = pino.destination({ dest: 2, sync: true });
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: pino.stdSerializers.err },
    },
    { write: (line: string) => stderr.write(options.scrub(line)) },
  );
}
