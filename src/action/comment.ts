import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { digestOf } from '#adapters/files/digest.ts';
import { createGitHub } from '#adapters/github/github.ts';
import { createOutbound } from '#adapters/outbound/outbound.ts';
import { createSecrets } from '#adapters/secrets/secrets.ts';
import { checkPullRequest } from '#app/pull-request/check-pull-request.ts';
import { CliError } from '#cli/cli-error.ts';
import { exitCodes } from '#cli/exit-codes.ts';
import { tell } from '#cli/output.ts';
import { readSettings } from '#domain/runbook/read-settings.ts';
import { createExamine } from '#src/examine-files.ts';

import type { ActionInputs } from './action-inputs.ts';

type Env = Readonly<Record<string, string | undefined>>;

const Event = z.object({ pull_request: z.object({ number: z.number().int() }) });
const timeoutMs = 120_000;

/** The one comment on the pull request that the job runs for, as the bot would write it. */
export async function commentOnPullRequest(
  { folder, token }: Pick<ActionInputs, 'folder' | 'token'>,
  env: Env,
): Promise<number> {
  if (token === '') throw new CliError('Without a token nothing can be commented on.');
  const event = Event.parse(JSON.parse(await readFile(env['GITHUB_EVENT_PATH'] ?? '', 'utf8')));
  const repository = env['GITHUB_REPOSITORY'] ?? '';
  const settings = settingsFor({ repository, folder, api: env['GITHUB_API_URL'] });
  const secrets = createSecrets({ env: { TOKEN: token } });
  const outbound = createOutbound({ settings: () => settings.outbound });
  const code = createGitHub({ outbound, secrets, connections: () => settings.connections });
  const check = checkPullRequest({
    // The job is a check itself.
    code: { ...code, reportCheck: async () => true },
    runbooks: { settings: () => settings },
    examine: createExamine({ folder }),
    sha256: (text) => digestOf(Buffer.from(text)),
    log: { info: note, warn: note, error: note },
  });
  const { number } = event.pull_request;
  await check({ repository, number }, AbortSignal.timeout(timeoutMs));
  return exitCodes.ok;
}

function note(_fields: object, message: string): void {
  tell(message);
}

/** As if they stood in `handrail.yaml`, which a repository that has only the action need not say. */
function settingsFor(given: { repository: string; folder: string; api: string | undefined }) {
  const { repository, folder, api = 'https://api.github.com' } = given;
  const connection = {
    type: 'github',
    url: api,
    token: '${{ secrets.TOKEN }}',
    login: 'github-actions[bot]',
  };
  const text = JSON.stringify({
    apiVersion: 'handrail/v1',
    kind: 'Settings',
    services: {},
    connections: { actions: connection },
    outbound: { allow: [new URL(api).hostname] },
    runbooks: { connection: 'actions', repository, path: folder },
  });
  const { settings, diagnostics } = readSettings({ file: 'action', bytes: Buffer.from(text) });
  if (settings !== null) return settings;
  throw new CliError(diagnostics.map(({ message }) => message).join('\n'));
}
