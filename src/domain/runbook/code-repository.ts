import type { Settings } from './settings.ts';

export type CodeRepository =
  | { ok: true; repository: { connection: string; name: string } }
  | { ok: false; message: string };

/**
 * The repository that is meant: over the connection that is named, else over the only one of its type;
 * by the name that is given, else by that of the connection.
 */
export function codeRepository(
  settings: Pick<Settings, 'connections'>,
  wanted: { connection: string | null; repository: string | null },
): CodeRepository {
  const ofGitHub = Object.entries(settings.connections).filter(([, { type }]) => type === 'github');
  const only = ofGitHub.length === 1 ? ofGitHub[0]?.[0] : undefined;
  const connection = wanted.connection ?? only;
  if (connection === undefined) {
    return missing(
      ofGitHub.length === 0
        ? 'The settings have no connection of type github.'
        : 'The settings have several connections of type github: name one.',
    );
  }
  const known = settings.connections[connection];
  if (known === undefined) return missing(`There is no connection ${connection} in the settings.`);
  if (known.type !== 'github') {
    return missing(`The connection ${connection} is of type ${known.type}, not github.`);
  }
  const name = wanted.repository ?? known.options['repository'];
  if (typeof name !== 'string' || !/^[\w.-]+\/[\w.-]+$/.test(name)) {
    return missing(`The connection ${connection} needs a \`repository\`, such as acme/checkout.`);
  }
  return { ok: true, repository: { connection, name } };
}

function missing(message: string): CodeRepository {
  return { ok: false, message };
}
