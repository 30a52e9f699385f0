import { readFileSync } from 'node:fs';

import { PortError } from '#ports/port-error.ts';
import type { Secrets } from '#ports/secrets.ts';

import { createScrubber } from './scrubber.ts';
import { createSecret } from './secret.ts';

const REFERENCE = /\$\{\{\s*secrets\.([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g;

/** Secrets from the environment: `NAME`, or the file that `NAME_FILE` names (a mounted secret). */
export function createSecrets(deps: {
  env: Readonly<Record<string, string | undefined>>;
  /** Values that are secret from the start. */
  known?: readonly string[];
  /** What refers to secrets that nobody may have resolved yet. */
  mentioned?: () => object | null;
}): Secrets {
  const values = new Set(deps.known);
  let scrubber = createScrubber([...values]);
  let looked: object | null = null;

  function lookAtMentioned(): void {
    const mentioned = deps.mentioned?.() ?? null;
    if (mentioned === looked) return;
    looked = mentioned;
    for (const [, name = ''] of JSON.stringify(mentioned).matchAll(REFERENCE)) {
      try {
        read(name);
      } catch {
        // Whoever needs it is told what is wrong with it.
      }
    }
  }

  function read(name: string): string {
    const value = readSecret(deps.env, name);
    if (!values.has(value)) {
      values.add(value);
      scrubber = createScrubber([...values]);
    }
    return value;
  }

  return {
    resolve(text) {
      const names = [...text.matchAll(REFERENCE)].flatMap(([, name]) => name ?? []);
      return createSecret(
        names.join(', '),
        text.replace(REFERENCE, (_reference, name: string) => read(name)),
      );
    },
    scrub(text) {
      lookAtMentioned();
      return scrubber(text);
    },
  };
}

function readSecret(env: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = env[name];
  if (value !== undefined && value !== '') return value;

  const file = env[`${name}_FILE`];
  if (file === undefined || file === '') {
    throw new PortError('secrets.missing', `Set ${name} or ${name}_FILE in the environment.`, {
      retry: false,
    });
  }
  const content = readFile(name, file).replace(/\r?\n$/, '');
  if (content !== '') return content;
  throw new PortError('secrets.missing', `The file that ${name}_FILE names is empty.`, {
    retry: false,
  });
}

function readFile(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new PortError('secrets.unreadable', `The file that ${name}_FILE names can't be read.`, {
      retry: false,
      cause,
    });
  }
}
