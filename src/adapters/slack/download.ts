import { PortError } from '#ports/port-error.ts';

const WAIT_MS = 20_000;
/** A screenshot of a large screen is well below. */
const MOST_BYTES = 4 * 1024 * 1024;

export type Download = (source: string) => Promise<{ type: string; bytes: Uint8Array }>;

/**
 * Pictures of Slack's own: our token goes to its house of files and nowhere else. Whoever may not read
 * a file is sent to a page to sign in, so redirects are not followed, and only pictures are taken.
 */
export function createDownload(deps: { token: string; slackApiUrl?: string }): Download {
  const own = deps.slackApiUrl === undefined ? null : new URL(deps.slackApiUrl).origin;

  return async (source) => {
    const url = URL.canParse(source) ? new URL(source) : null;
    const isOurs = url !== null && (own === null ? isSlacks(url) : url.origin === own);
    if (!isOurs) throw refused('it is not one of Slack');
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${deps.token}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(WAIT_MS),
    }).catch((cause: unknown) => {
      throw new PortError('timeout', 'Slack did not answer with the file', { retry: true, cause });
    });
    if (response.status >= 500 || response.status === 429) {
      throw new PortError(`http_${response.status}`, 'Slack is not ready', { retry: true });
    }
    const type = response.headers.get('content-type') ?? '';
    if (response.status !== 200) throw refused(`Slack answered ${response.status}`);
    if (!type.startsWith('image/')) throw refused('it is no picture');
    return { type, bytes: await bytesOf(response) };
  };
}

function isSlacks({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' && hostname === 'files.slack.com';
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) throw refused('it is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refused(why: string): PortError {
  return new PortError('file_not_taken', `The file was not taken: ${why}`, { retry: false });
}
