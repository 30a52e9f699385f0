import type { HTTPReceiver } from '@slack/bolt';

type Listener = HTTPReceiver['requestListener'];
type Incoming = Parameters<Listener>[0];

const MOST_BYTES = 1024 * 1024;
const SIGNATURE = /^v0=([0-9a-f]{64})$/;

/**
 * Bolt verifies with one signing secret. While another replaces it at Slack, a request under one of the
 * `others` is signed anew with the first, and then verified as every other: its time, too.
 */
export function eitherSecret(
  listener: Listener,
  first: string,
  others: readonly string[],
): Listener {
  if (others.length === 0) return listener;

  async function take(...[request, response]: Parameters<Listener>): Promise<void> {
    const body = await bytesOf(request);
    if (body === null) {
      response.writeHead(413, { connection: 'close' }).end();
      return;
    }
    const { 'x-slack-signature': given, 'x-slack-request-timestamp': timestamp } = request.headers;
    const signed = Buffer.concat([Buffer.from(`v0:${String(timestamp)}:`), body]);
    if (await isUnderOne(others, String(given), signed)) {
      request.headers['x-slack-signature'] = `v0=${await signatureOf(first, signed)}`;
    }
    // What was read already is not read again.
    listener(Object.assign(request, { rawBody: body }), response);
  }

  return (request, response) => {
    take(request, response).catch(() => response.destroy());
  };
}

/** Null: there is more of it than Slack sends. */
async function bytesOf(request: Incoming): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MOST_BYTES) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

async function isUnderOne(
  secrets: readonly string[],
  given: string,
  signed: Buffer,
): Promise<boolean> {
  const [, hex = ''] = SIGNATURE.exec(given) ?? [];
  const signature = Buffer.from(hex, 'hex');
  const found = await Promise.all(
    secrets.map(async (secret) =>
      crypto.subtle.verify('HMAC', await keyOf(secret), signature, new Uint8Array(signed)),
    ),
  );
  return found.includes(true);
}

async function signatureOf(secret: string, signed: Buffer): Promise<string> {
  const bytes = await crypto.subtle.sign('HMAC', await keyOf(secret), new Uint8Array(signed));
  return Buffer.from(bytes).toString('hex');
}

function keyOf(secret: string) {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', Buffer.from(secret), algorithm, false, ['sign', 'verify']);
}
