import { Refusal } from '#practice/slack/refusal.ts';
import type { Channel } from '#practice/slack/world/world.ts';

const FAMILY = { public: 'channels:', private: 'groups:', im: 'im:' } as const;
const FAMILIES = ['channels:', 'groups:', 'im:', 'mpim:'];

/**
 * Refuses a call without its scope. Of the scopes listed for a method any one will do, but those
 * named after a kind of channel count for that kind only.
 */
export function checkScopes(
  listed: readonly string[],
  granted: ReadonlySet<string>,
  kind: Channel['kind'] | null,
): void {
  const needed =
    kind === null
      ? listed
      : listed.filter(
          (scope) =>
            scope.startsWith(FAMILY[kind]) || !FAMILIES.some((family) => scope.startsWith(family)),
        );
  if (needed.length === 0 || needed.some((scope) => granted.has(scope))) return;
  throw new Refusal('missing_scope', {
    needed: needed.join(','),
    provided: [...granted].join(','),
  });
}
