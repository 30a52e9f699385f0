import { Logger } from 'graphile-worker';

import type { Log } from '#ports/log.ts';

/**
 * What the worker library has to say, below our own lines: only its warnings and errors, as a
 * field of a constant message. A failed job is logged by us, with its facts.
 */
export function workerLogger(log?: Log): Logger {
  return new Logger(() => (level, text, meta) => {
    if (meta !== undefined && 'failure' in meta) return;
    if (level === 'error') log?.error({ text }, 'job worker reported an error');
    if (level === 'warning') log?.warn({ text }, 'job worker reported a warning');
  });
}
