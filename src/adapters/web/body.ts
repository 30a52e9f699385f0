/**
 * The very bytes of a request, which is what a signature is of. Null as soon as there are more than
 * `most`, whether they were announced or just came; the rest is not received.
 */
export async function readBody(request: Request, most: number): Promise<Uint8Array | null> {
  if (Number(request.headers.get('content-length') ?? 0) > most) return null;
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * What strangers may make us hold at one time, before it is known that they are none: each is given
 * what its body may become, or sent away until another is through.
 */
export function createBudget(bytes: number) {
  let left = bytes;
  return {
    /** Null: not now. Else to be given back by the answer. */
    take(wanted: number): (() => void) | null {
      if (wanted > left) return null;
      left -= wanted;
      let taken = wanted;
      return () => {
        left += taken;
        taken = 0;
      };
    },
  };
}
export type Budget = ReturnType<typeof createBudget>;
