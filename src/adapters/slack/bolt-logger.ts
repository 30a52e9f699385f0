import { type Logger, LogLevel } from '@slack/bolt';

import type { Log } from '#ports/log.ts';

/**
 * What the SDK says, in our log. Its debug lines hold whole payloads and headers, so they are left
 * out; known secrets are taken out of the rest.
 */
export function boltLogger(log: Log, secrets: readonly string[]): Logger {
  const known = secrets.filter((secret) => secret !== '');

  function line(said: readonly unknown[]): { said: string } {
    let text = said.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
    for (const secret of known) text = text.replaceAll(secret, '[redacted]');
    return { said: text.slice(0, 2_000) };
  }

  return {
    debug() {},
    info: (...said) => log.info(line(said), 'slack sdk'),
    warn: (...said) => log.warn(line(said), 'slack sdk'),
    error: (...said) => log.error(line(said), 'slack sdk'),
    setLevel() {},
    getLevel: () => LogLevel.INFO,
    setName() {},
  };
}
