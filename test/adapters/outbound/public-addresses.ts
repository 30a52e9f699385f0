import * as fc from 'fast-check';

/** The registries of special addresses (RFC 6890 and what came after), as first bits; for all is the rest. */
const special = [
  '0/8',
  '10/8',
  '100.64/10',
  '127/8',
  '169.254/16',
  '172.16/12',
  '192.0.0/24',
  '192.0.2/24',
  '192.31.196/24',
  '192.52.193/24',
  '192.88.99/24',
  '192.168/16',
  '192.175.48/24',
  '198.18/15',
  '198.51.100/24',
  '203.0.113/24',
  '224/4',
  '240/4',
].map((range) => {
  const [bytes = '', bits = ''] = range.split('/');
  return bitsOf(bytes.split('.').map(Number), 8).slice(0, Number(bits));
});
const special6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'].map(
  (range) => {
    const [groups = '', bits = ''] = range.split('/');
    return bitsOf(
      groups.split(':').map((group) => parseInt(group || '0', 16)),
      16,
    ).slice(0, Number(bits));
  },
);

export function isForAll(address: string): boolean {
  if (!address.includes(':')) {
    const bits = bitsOf(address.split('.').map(Number), 8);
    return !special.some((range) => bits.startsWith(range));
  }
  const groups = address.split(':').map((group) => parseInt(group, 16));
  const bits = bitsOf(groups, 16);
  if (groups.slice(0, 6).join(' ') === '0 0 0 0 0 65535') {
    return !special.some((range) => bits.slice(96).startsWith(range));
  }
  return bits.startsWith('001') && !special6.some((range) => bits.startsWith(range));
}

function bitsOf(parts: readonly number[], width: number): string {
  return parts.map((part) => part.toString(2).padStart(width, '0')).join('');
}

/** Of both families; many begin as something special does, or as something that has IPv4 inside. */
const anyByte = fc.integer({ min: 0, max: 255 });
const group = fc.integer({ min: 0, max: 0xffff });
export const anyAddress = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(0, 10, 100, 127, 169, 172, 192, 198, 203, 224, 240, 8),
      anyByte,
      anyByte,
      anyByte,
    )
    .map((parts) => parts.join('.')),
  fc.tuple(anyByte, anyByte, anyByte, anyByte).map((parts) => parts.join('.')),
  fc
    .tuple(
      fc.constantFrom(
        [0x2001],
        [0x2001, 0],
        [0x2002],
        [0x3fff],
        [0x64, 0xff9b],
        [0xfc00],
        [0xfe80],
        [0, 0, 0, 0, 0, 0xffff],
        [0, 0, 0, 0, 0xffff, 0],
        [0x2620, 0x4f],
        [0x2600],
        [],
      ),
      fc.array(group, { minLength: 8, maxLength: 8 }),
    )
    .map(([first, rest]) =>
      [...first, ...rest]
        .slice(0, 8)
        .map((part) => part.toString(16))
        .join(':'),
    ),
);
