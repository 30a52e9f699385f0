import { z } from 'zod';

import { PortError } from '#ports/port-error.ts';

import type { Gateway } from './gateway.ts';
import { plainText } from './mrkdwn.ts';

const WITHIN_MS = 10_000;
const Place = z.object({ upload_url: z.url(), file_id: z.string() });

/**
 * Gives Slack a file that only our own messages show: it stands in no channel by itself. Slack looks
 * at it for a moment before a message may show it.
 */
export async function uploadFile(
  gateway: Gateway,
  { name, title, bytes }: { name: string; title: string; bytes: Uint8Array },
): Promise<string> {
  const asked = { filename: name, length: bytes.byteLength };
  const { upload_url: url, file_id: id } = Place.parse(
    await gateway.call('files.getUploadURLExternal', asked),
  );
  await send(url, bytes);
  const files = [{ id, title: plainText(title, 200) }];
  await gateway.call('files.completeUploadExternal', { files });
  return id;
}

async function send(url: string, bytes: Uint8Array): Promise<void> {
  let status: number;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(bytes),
      redirect: 'error',
      signal: AbortSignal.timeout(WITHIN_MS),
    });
    status = response.status;
    await response.body?.cancel();
  } catch (error) {
    throw new PortError('upload_failed', 'Slack did not take a file.', {
      retry: true,
      cause: error,
    });
  }
  if (status !== 200) {
    throw new PortError('upload_failed', `Slack answered a file with ${status}.`, {
      retry: status >= 500,
    });
  }
}
