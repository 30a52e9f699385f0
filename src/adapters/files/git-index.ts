/** Object ids by path. Paths are relative to the root of the checkout, with `/`. */
export type GitIndex = ReadonlyMap<string, string>;

const statBytes = 40;
const extended = 0x4000;
const stageMask = 0x3000;

/**
 * The files that a checkout's index holds below `prefix`, versions 2 to 4; files with a conflict are
 * left out. Throws for bytes that are none.
 */
export function readGitIndex(bytes: Buffer, prefix: string, idBytes: 20 | 32): GitIndex {
  const version = bytes.readUInt32BE(4);
  if (bytes.toString('latin1', 0, 4) !== 'DIRC' || version < 2 || version > 4) {
    throw new Error('not an index of git');
  }
  const found = new Map<string, string>();
  let at = 12;
  let name = '';
  for (let left = bytes.readUInt32BE(8); left > 0; left -= 1) {
    const start = at;
    const id = bytes.toString('hex', start + statBytes, start + statBytes + idBytes);
    const flags = bytes.readUInt16BE(start + statBytes + idBytes);
    at = start + statBytes + idBytes + ((flags & extended) === 0 ? 2 : 4);

    let shared = '';
    if (version === 4) {
      const cut = readVarint(bytes, at);
      at = cut.next;
      shared = name.slice(0, name.length - cut.value);
    }
    const end = bytes.indexOf(0, at);
    if (end === -1) throw new Error('an index of git that ends too early');
    // As latin1, a character is a byte, which is what version 4 counts in.
    name = shared + bytes.toString('latin1', at, end);
    at = version === 4 ? end + 1 : start + Math.ceil((end + 1 - start) / 8) * 8;

    const path = Buffer.from(name, 'latin1').toString('utf8');
    if ((flags & stageMask) === 0 && path.startsWith(prefix)) found.set(path, id);
  }
  return found;
}

/** Git's own: seven bits a byte, most significant first, one added for each further byte. */
function readVarint(bytes: Buffer, from: number): { value: number; next: number } {
  let at = from;
  let byte = bytes.readUInt8(at);
  let value = byte & 127;
  while ((byte & 128) !== 0) {
    at += 1;
    byte = bytes.readUInt8(at);
    value = ((value + 1) << 7) | (byte & 127);
  }
  return { value, next: at + 1 };
}
