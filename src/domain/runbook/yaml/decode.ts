/** The platform's decoder; the domain is compiled without the types of any platform. */
declare const TextDecoder: new (label: string) => { decode(bytes: Uint8Array): string };

/** UTF-8 as text, and the offset of the first thing in it that no text file holds. */
export function decode(bytes: Uint8Array): { text: string; badAt: number | null } {
  const text = new TextDecoder('utf-8').decode(bytes);
  const bad = text.search(NOT_TEXT);
  return { text, badAt: bad === -1 ? null : bad };
}

/** Control characters, and what the decoder writes in place of bytes that are no UTF-8. */
// oxlint-disable-next-line no-control-regex
const NOT_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd\ufeff]|\r(?!\n)/;
