import { createHash } from 'node:crypto';

/**
 * The record checked a second time: written from `.github/SECURITY.md` alone, and with nothing of
 * the product in it. Answers with what is wrong, rule by rule; nothing: it is intact.
 */
export function verifyByTheBook(file: string, heads: readonly string[] = []): string[] {
  const { record } = JSON.parse(file);
  const wrong: string[] = [];
  const bodies = record.entries.map(({ body }: { body: string }) => {
    try {
      return JSON.parse(body);
    } catch {
      return {};
    }
  });

  let before = '0'.repeat(64);
  let expected = 0;
  for (const entry of record.entries) {
    const inside = bodies[expected];
    expected += 1;
    if (entry.position !== expected) wrong.push(`1: ${entry.position} stands at ${expected}`);
    if (entry.hash !== hex(before, '\n', entry.body)) wrong.push(`2: entry ${expected}`);
    if (inside.position !== entry.position) wrong.push(`3: position of entry ${expected}`);
    if (inside.stream !== record.stream) wrong.push(`3: stream of entry ${expected}`);

    const sealed: Record<string, string> = inside.event?.texts ?? {};
    const given = entry.texts.map(({ name }: { name: string }) => name).toSorted();
    if (JSON.stringify(given) !== JSON.stringify(Object.keys(sealed).toSorted())) {
      wrong.push(`4: names of entry ${expected}`);
    }
    for (const { name, salt, text } of entry.texts) {
      if (text === null && salt === '') {
        const told = bodies.some(
          ({ event }: { event?: { type?: string; positions?: number[] } }) =>
            event?.type === 'TextsRedacted' && event.positions?.includes(entry.position),
        );
        if (!told) wrong.push(`5: ${name} of entry ${expected}`);
      } else if (sealed[name] !== `sha256:${hex(salt, text ?? '')}`) {
        wrong.push(`4: ${name} of entry ${expected}`);
      }
    }
    before = entry.hash;
  }
  const hashes: string[] = record.entries.map(({ hash }: { hash: string }) => hash);
  const gone = heads.filter((head) => !hashes.some((hash) => hash.startsWith(head)));
  return [...wrong, ...gone.map((head) => `6: ${head}`)];
}

function hex(...parts: string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part, 'utf8');
  return hash.digest('hex');
}
