import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

/** Says nothing, fails, knows no name, or answers after so many milliseconds. */
export type Temper = 'silent' | 'fails' | 'knows nothing' | number;

export type NameServer = AsyncDisposable & {
  /** `127.0.0.1:port`. */
  readonly address: string;
  /** The names it was asked for, each with its type. */
  readonly asked: readonly string[];
  turn(temper: Temper): void;
};

const rcodes = { fails: 2, 'knows nothing': 3 } as const;
const headBytes = 12;
const typeA = 1;

/** A name server on loopback that knows these names, and has an IPv4 address for each. */
export async function serveNames(names: Readonly<Record<string, string>>): Promise<NameServer> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  let temper: Temper = 0;
  const closed = new AbortController();

  socket.on('message', async (query, from) => {
    const { name, type, end } = questionOf(query);
    asked.push(`${name} ${type === typeA ? 'A' : type}`);
    if (temper === 'silent') return;
    const address = names[name];
    const found = address === undefined || type !== typeA ? [] : [address];
    const known = address === undefined ? rcodes['knows nothing'] : 0;
    const answer =
      typeof temper === 'number'
        ? answerTo(query, end, known, found)
        : answerTo(query, end, rcodes[temper], []);
    if (typeof temper === 'number' && temper > 0) {
      await wait(temper, undefined, { signal: closed.signal }).catch(() => {});
    }
    if (!closed.signal.aborted) socket.send(answer, from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    turn(next) {
      temper = next;
    },
    async [Symbol.asyncDispose]() {
      closed.abort();
      socket.close();
      await once(socket, 'close');
    },
  };
}

/** Of a query (RFC 1035): the name in labels, each behind its length, then the type and the class. */
function questionOf(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = headBytes;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length).toLowerCase());
    at += 1 + length;
  }
  return { name: labels.join('.'), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function answerTo(query: Buffer, end: number, rcode: number, found: readonly string[]): Buffer {
  const head = Buffer.alloc(headBytes);
  query.copy(head, 0, 0, 2);
  // An answer, as it was wished, from one who can ask others.
  head.writeUInt16BE(0x8180 | rcode, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(found.length, 6);
  const records = found.map((address) => {
    // The name is that of the question; an address of the internet, for a second, of four bytes.
    const record = Buffer.from([0xc0, headBytes, 0, typeA, 0, 1, 0, 0, 0, 1, 0, 4, 0, 0, 0, 0]);
    record.set(address.split('.').map(Number), 12);
    return record;
  });
  return Buffer.concat([head, query.subarray(headBytes, end), ...records]);
}
