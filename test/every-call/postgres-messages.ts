/** What is said to PostgreSQL: https://www.postgresql.org/docs/18/protocol-message-formats.html */

/** Parse, bind, describe, execute and close: the server answers to none of these alone. */
const parts = ['P', 'B', 'D', 'E', 'C'];

/**
 * Cuts what a client sends into rounds, each up to where the server answers: a statement with what is
 * bound to it, or something else (null).
 */
export function createRounds(
  take: (bytes: Buffer, statement: string | null) => void,
): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  let round: Buffer[] = [];
  let statement: string | null = null;
  const prepared = new Map<string, string>();

  function nextMessage(): Buffer | null {
    // The very first one has no type before its length.
    const head = started ? 1 : 0;
    if (rest.length < head + 4) return null;
    const end = head + rest.readUInt32BE(head);
    if (rest.length < end) return null;
    const message = rest.subarray(0, end);
    rest = rest.subarray(end);
    return message;
  }

  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    for (let message = nextMessage(); message !== null; message = nextMessage()) {
      const type = started ? String.fromCharCode(message[0] ?? 0) : 'start';
      const [first = '', second = ''] = message.subarray(5).toString('utf8').split('\0');
      started = true;
      if (type === 'Q') statement = plain(first);
      if (type === 'P') {
        statement = plain(second);
        prepared.set(first, statement);
      }
      if (type === 'B') statement ??= prepared.get(second) ?? '';
      round.push(message);
      if (parts.includes(type)) continue;
      take(Buffer.concat(round), statement);
      round = [];
      statement = null;
    }
  };
}

function plain(sql: string): string {
  return sql.replaceAll(/\s+/g, ' ').trim().replace(/;$/, '').toLowerCase();
}

export function query(sql: string): Buffer {
  return framed('Q', `${sql}\0`);
}

/** What the server says before it ends a connection. */
export function errorResponse(code: string, message: string): Buffer {
  return framed('E', `SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
}

function framed(type: string, body: string): Buffer {
  const frame = Buffer.alloc(5);
  frame.write(type);
  frame.writeUInt32BE(4 + Buffer.byteLength(body), 1);
  return Buffer.concat([frame, Buffer.from(body)]);
}
