/** What files that are made to stop a reader are made of. */
/** Of the largest file that is read at all. */
const SIZE = 128 * 1024;
export const HEAD = `apiVersion: handrail/v1
kind: Runbook
id: try
title: Try
service: checkout
owner: payments
`;
export const manual = (text: string) =>
  `${HEAD}steps: [{id: a, title: A, uses: manual, with: {instructions: '${text}'}}]`;
export const check = (more: string) =>
  `${HEAD}steps:\n  - {id: a, title: A, uses: check.tcp, with: {host: x, port: 1}, ${more}}`;
export const times = (count: number, make: (index: number) => string, between = '\n') =>
  Array.from({ length: count }, (_, index) => make(index)).join(between);
export const fill = (piece: string, size = SIZE - 200) =>
  piece.repeat(Math.floor(size / new TextEncoder().encode(piece).length));
export const bytes = (...parts: readonly (string | readonly number[])[]) =>
  new Uint8Array(
    parts.flatMap((part) =>
      typeof part === 'string' ? [...new TextEncoder().encode(part)] : [...part],
    ),
  );

export const expression = (text: string) => manual(`\${{ ${text} }}`);
