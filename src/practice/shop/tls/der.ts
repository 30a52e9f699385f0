/** Just enough of ASN.1's Distinguished Encoding Rules (X.690) to write a certificate. */
export const der = {
  sequence: (...items: readonly Buffer[]) => element(0x30, ...items),
  set: (...items: readonly Buffer[]) => element(0x31, ...items),
  boolean: (value: boolean) => element(0x01, Buffer.of(value ? 0xff : 0)),
  utf8: (text: string) => element(0x0c, Buffer.from(text)),
  octets: (bytes: Buffer) => element(0x04, bytes),
  /** Tagged [number] from outside; `bytes` is whatever the tag is about. */
  explicit: (number: number, ...items: readonly Buffer[]) => element(0xa0 | number, ...items),
  implicit: (number: number, bytes: Buffer) => element(0x80 | number, bytes),
  unsigned,
  bits,
  oid,
  time,
};

function element(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag), length(body.length), body]);
}

function length(size: number): Buffer {
  if (size < 0x80) return Buffer.of(size);
  const bytes = bigEndian(size);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

function bigEndian(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return bytes;
}

/** A leading zero keeps a high bit from being read as a sign. */
function unsigned(bytes: Buffer): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = start === -1 ? Buffer.of(0) : bytes.subarray(start);
  return element(0x02, (digits[0] ?? 0) >= 0x80 ? Buffer.of(0) : Buffer.alloc(0), digits);
}

function bits(bytes: Buffer, unusedBits = 0): Buffer {
  return element(0x03, Buffer.of(unusedBits), bytes);
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    digits.unshift(0x80 | (rest % 128));
  }
  return digits;
}

/** RFC 5280 wants two-digit years (UTCTime) up to 2049 and four digits from 2050 on. */
function time(date: Date): Buffer {
  const digits = `${date.toISOString().replaceAll(/[-:T]|\..*/g, '')}Z`;
  return date.getUTCFullYear() < 2050
    ? element(0x17, Buffer.from(digits.slice(2)))
    : element(0x18, Buffer.from(digits));
}
